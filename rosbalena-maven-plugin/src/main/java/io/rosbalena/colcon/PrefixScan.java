package io.rosbalena.colcon;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks for a folder of the machine that compiled in the bytes of an installed file. Reads it in pieces, since a robot's
 * files may be larger than the memory.
 *
 * <p>Two places are harmless, for nothing opens the path there: sections of an ELF file that are not loaded (debug
 * information), and in an ELF file the path of a header, which assertions print ({@code __FILE__}).
 */
final class PrefixScan {
    private static final int PIECE = 1 << 20;
    /** More than a prefix and what is looked at behind it. */
    private static final int OVERLAP = 1 << 13;

    private static final Pattern HEADER = Pattern.compile("/[^/\\x00]+/include/[^\\x00]*");
    private static final int SHF_ALLOC = 2;

    private final Pattern prefixes;

    /** @param prefixes absolute folders, without a slash at the end; at least one */
    PrefixScan(Collection<String> prefixes) {
        this.prefixes = Pattern.compile(
                prefixes.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")")) + "(?![\\w.+-])");
    }

    /** What a file says that does not hold on a robot: the path, at most 200 characters of it. */
    Optional<String> find(Path file) throws IOException {
        Optional<List<ElfFile.Section>> sections = Optional.empty();
        String before = "";
        long start = 0;
        try (InputStream in = Files.newInputStream(file)) {
            while (true) {
                byte[] read = in.readNBytes(PIECE);
                String text = before + new String(read, StandardCharsets.ISO_8859_1);
                boolean last = read.length < PIECE;
                int end = last ? text.length() : text.length() - OVERLAP;
                Matcher matcher = prefixes.matcher(text);
                while (matcher.find() && matcher.start() < end) {
                    if (sections.isEmpty()) {
                        sections = Optional.of(sections(file));
                    }
                    if (!isHarmless(sections.get(), start + matcher.start(), text, matcher.end())) {
                        return Optional.of(word(text, matcher.start()));
                    }
                }
                if (last) {
                    return Optional.empty();
                }
                before = text.substring(end);
                start += end;
            }
        }
    }

    /** Empty for what is no ELF file, or none that can be read. */
    private static List<ElfFile.Section> sections(Path file) throws IOException {
        try (var channel = Files.newByteChannel(file)) {
            return ElfFile.open(channel).map(ElfFile::sections).orElse(List.of());
        } catch (IOException e) {
            // It begins as an ELF file and is none; then no place in it is harmless.
            return List.of();
        }
    }

    private static boolean isHarmless(List<ElfFile.Section> sections, long offset, String text, int behind) {
        if (sections.isEmpty()) {
            return false;
        }
        boolean loaded = sections.stream()
                .filter(section -> section.offset() <= offset && offset < section.offset() + section.size())
                .anyMatch(section -> (section.flags() & SHF_ALLOC) != 0);
        Matcher header = HEADER.matcher(text).region(behind, text.length());
        return !loaded || header.lookingAt();
    }

    private static String word(String text, int start) {
        int end = start;
        while (end < text.length() && end < start + 200 && text.charAt(end) > ' ' && text.charAt(end) < 0x7f) {
            end++;
        }
        return text.substring(start, end);
    }
}
