package io.rosbalena.apt.state;

import io.rosbalena.apt.DebianVersion;
import io.rosbalena.apt.Relation;
import io.rosbalena.apt.Stanza;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A package of a base as its dpkg database has it.
 *
 * @param name its name
 * @param architecture Debian's name
 * @param version what is there
 * @param same whether it is {@code Multi-Arch: same}
 * @param present whether its files are there, not its configuration alone
 * @param conffiles the MD5 sum that each was shipped with by its path
 * @param replaces packages whose files it may have taken
 */
record InstalledPackage(
        String name,
        String architecture,
        DebianVersion version,
        boolean same,
        boolean present,
        Map<String, String> conffiles,
        List<Relation> replaces) {

    InstalledPackage {
        conffiles = Collections.unmodifiableMap(new LinkedHashMap<>(conffiles));
        replaces = List.copyOf(replaces);
    }

    static InstalledPackage of(Stanza stanza) {
        Map<String, String> conffiles = new LinkedHashMap<>();
        for (String line : stanza.get("Conffiles").orElse("").lines().toList()) {
            String[] words = line.strip().split(" ", -1);
            boolean flagged = words.length > 2 && words[words.length - 1].matches("obsolete|remove-on-upgrade");
            int hash = words.length - (flagged ? 2 : 1);
            if (hash > 0) {
                conffiles.put(String.join(" ", List.of(words).subList(0, hash)), words[hash]);
            }
        }
        return new InstalledPackage(
                stanza.get("Package").orElse(""),
                stanza.get("Architecture").orElse(""),
                new DebianVersion(stanza.get("Version").orElse("0")),
                stanza.get("Multi-Arch").filter("same"::equals).isPresent(),
                stanza.words("Status").size() == 3
                        && !stanza.words("Status").get(2).equals("config-files"),
                conffiles,
                stanza.get("Replaces").map(Relation::parseList).orElse(List.of()));
    }

    /** How the names of its files in {@code info} begin. */
    String qualifiedName() {
        return same ? name + ":" + architecture : name;
    }

    boolean replaces(String other, DebianVersion otherVersion) {
        return replaces(replaces, other, otherVersion);
    }

    /** Whether a package with such a field may take files of another (Debian policy 7.6.1): no virtual ones here. */
    static boolean replaces(List<Relation> replaces, String other, DebianVersion otherVersion) {
        return replaces.stream().anyMatch(one -> one.name().equals(other) && one.allows(otherVersion));
    }
}
