package io.rosbalena.apt.deb;

import io.rosbalena.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a package says of itself: the files of its control member, see {@code deb-control(5)} and its neighbours.
 *
 * @param stanza the {@code control} file
 * @param members every other file by its name, {@code postinst} or {@code md5sums} for example
 */
public record ControlArchive(ControlStanza stanza, SortedMap<String, Member> members) {
    /** The maintainer scripts, in the order in which dpkg first runs them. */
    public static final List<String> SCRIPTS = List.of("config", "preinst", "postinst", "prerm", "postrm");

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+.-]+");
    private static final Pattern ARCHITECTURE = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.+:~-]+");

    /** One file. */
    public static final class Member {
        private final byte[] bytes;
        private final int mode;

        /**
         * A file.
         *
         * @param bytes its content, not to be changed afterwards
         * @param mode permission bits as the archive has them
         */
        public Member(byte[] bytes, int mode) {
            this.bytes = bytes;
            this.mode = mode;
        }

        public byte[] bytes() {
            return bytes;
        }

        public int mode() {
            return mode;
        }

        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Checks what becomes part of file names: package, version and architecture; and that conffiles are paths. */
    public ControlArchive {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        check(stanza, "Package", NAME);
        check(stanza, "Version", VERSION);
        check(stanza, "Architecture", ARCHITECTURE);
        conffiles(members).forEach(conffile -> TreePath.parse(conffile.path()));
    }

    public String packageName() {
        return stanza.get("Package").orElseThrow().strip();
    }

    public String version() {
        return stanza.get("Version").orElseThrow().strip();
    }

    public String architecture() {
        return stanza.get("Architecture").orElseThrow().strip();
    }

    /** Whether several architectures of the package may be installed together. */
    public boolean isMultiArchSame() {
        return stanza.get("Multi-Arch").map(String::strip).equals(Optional.of("same"));
    }

    /** How dpkg names the package where the architecture matters: {@code NAME:ARCH} for Multi-Arch: same, else {@code NAME}. */
    public String qualifiedName() {
        return isMultiArchSame() ? packageName() + ":" + architecture() : packageName();
    }

    /** The paths in {@code conffiles}, with what flag stands before each. */
    public List<Conffile> conffiles() {
        return conffiles(members);
    }

    private static List<Conffile> conffiles(Map<String, Member> members) {
        List<Conffile> conffiles = new ArrayList<>();
        for (String line : lines(members, "conffiles")) {
            String[] words = line.strip().split("\\s+", 2);
            boolean flagged = words.length == 2 && words[0].equals("remove-on-upgrade");
            String path = flagged ? words[1] : line.strip();
            if (!path.isEmpty()) {
                conffiles.add(new Conffile(path, flagged));
            }
        }
        return conffiles;
    }

    /** The directives in {@code triggers}, each as its words, see {@code deb-triggers(5)}. */
    public List<List<String>> triggers() {
        return lines(members, "triggers").stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(line -> List.of(line.split("\\s+")))
                .toList();
    }

    /** A line of {@code conffiles}. */
    public record Conffile(String path, boolean removeOnUpgrade) {}

    private static List<String> lines(Map<String, Member> members, String member) {
        return Optional.ofNullable(members.get(member)).map(Member::text).stream()
                .flatMap(String::lines)
                .toList();
    }

    private static void check(ControlStanza stanza, String field, Pattern pattern) {
        String value = stanza.get(field)
                .map(String::strip)
                .orElseThrow(() -> new IllegalArgumentException("the field " + field + " is missing"));
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("the field " + field + " has the value \"" + value + "\"");
        }
    }
}
