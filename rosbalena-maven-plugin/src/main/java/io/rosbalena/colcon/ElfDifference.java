package io.rosbalena.colcon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How two programs or libraries differ: by section. */
final class ElfDifference {
    /** {@code sh_type} of sections without bytes in the file. */
    private static final int SHT_NOBITS = 8;

    /** A digest of all the rest. */
    private static final String BUILD_ID = ".note.gnu.build-id";

    private ElfDifference() {}

    /** What differs; empty if one of them is no ELF file, or they do not differ in a section. */
    static Optional<FileDifference> of(String place, SeekableByteChannel one, SeekableByteChannel other) {
        try {
            Optional<ElfFile> first = ElfFile.open(one);
            Optional<ElfFile> second = ElfFile.open(other);
            return first.isPresent() && second.isPresent() ? of(place, first.get(), second.get()) : Optional.empty();
        } catch (IOException e) {
            // What does not read as ELF is data, and is told as such.
            return Optional.empty();
        }
    }

    private static Optional<FileDifference> of(String place, ElfFile one, ElfFile other) throws IOException {
        Map<String, ElfFile.Section> first = sections(one);
        Map<String, ElfFile.Section> second = sections(other);
        List<String> differing = new ArrayList<>();
        for (Map.Entry<String, ElfFile.Section> section : first.entrySet()) {
            ElfFile.Section same = second.get(section.getKey());
            if (same == null || !one.bytes(section.getValue()).equals(other.bytes(same))) {
                differing.add(section.getKey());
            }
        }
        second.keySet().stream().filter(name -> !first.containsKey(name)).forEach(differing::add);
        if (differing.size() > 1) {
            differing.remove(BUILD_ID);
        }
        if (differing.isEmpty()) {
            return Optional.empty();
        }
        String sections = (differing.size() == 1 ? "section " : "sections ") + String.join(", ", differing);
        for (String name : differing) {
            ElfFile.Section section = first.get(name);
            ElfFile.Section same = second.get(name);
            if (section != null && same != null) {
                ByteBuffer bytes = one.bytes(section);
                ByteBuffer others = other.bytes(same);
                int at = bytes.mismatch(others);
                Optional<String> text = ContentDifference.printable(bytes, at);
                Optional<String> otherText = ContentDifference.printable(others, at);
                if (text.isPresent() && otherText.isPresent()) {
                    return Optional.of(ContentDifference.of(
                            place,
                            sections + "; " + name + " at byte " + at + " has ",
                            text.get(),
                            otherText.get(),
                            Optional.empty()));
                }
            }
        }
        return Optional.of(new FileDifference(place, sections));
    }

    private static Map<String, ElfFile.Section> sections(ElfFile elf) throws IOException {
        Map<String, ElfFile.Section> sections = new TreeMap<>();
        for (ElfFile.Section section : elf.sections()) {
            if (section.type() != SHT_NOBITS) {
                sections.put(elf.name(section), section);
            }
        }
        return sections;
    }
}
