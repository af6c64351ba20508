package io.rosbalena.apt;

import io.rosbalena.store.Digest;
import java.util.Optional;

/**
 * One version of a package, offered by an archive or installed in a base.
 *
 * @param name the package
 * @param version its version
 * @param architecture {@code all} or an architecture
 * @param source name of the source package
 * @param deb where its {@code .deb} lies; empty for a package of an installed base
 * @param multiArch how it serves other architectures
 * @param essential whether {@code Essential: yes}
 * @param important whether {@code Protected} or {@code Important} is {@code yes}
 * @param priority how wanted
 * @param section for example {@code libs}; may be empty
 * @param installedSize KiB as the package estimates it; 0 when unknown
 * @param relations what it needs and what it cannot stand
 */
public record Candidate(
        String name,
        DebianVersion version,
        String architecture,
        String source,
        Optional<ArchivedDeb> deb,
        MultiArch multiArch,
        boolean essential,
        boolean important,
        Priority priority,
        String section,
        long installedSize,
        Relations relations) {

    /** Names of packages may have these forms only, so that they can stand in paths and commands. */
    private static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9+.\\-]*";

    public Candidate {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("not a package name: \"" + name + "\"");
        }
        if (!architecture.matches("[a-z0-9][a-z0-9\\-]*")) {
            throw new IllegalArgumentException("not an architecture: \"" + architecture + "\" of " + name);
        }
    }

    /**
     * Reads a stanza of an index.
     *
     * @throws IllegalArgumentException if a field is missing or malformed
     */
    public static Candidate offered(Stanza stanza, ArchiveId archive) {
        String filename = required(stanza, "Filename");
        long size = number(stanza, "Size", required(stanza, "Size"));
        Digest sha256 = new Digest(required(stanza, "SHA256"));
        return read(stanza, Optional.of(new ArchivedDeb(archive, filename, size, sha256)));
    }

    /**
     * Reads a stanza of a dpkg status or control file.
     *
     * @throws IllegalArgumentException if a field is missing or malformed
     */
    public static Candidate installed(Stanza stanza) {
        return read(stanza, Optional.empty());
    }

    private static Candidate read(Stanza stanza, Optional<ArchivedDeb> deb) {
        String name = required(stanza, "Package").intern();
        String source = stanza.get("Source").map(text -> text.split(" ", 2)[0]).orElse(name);
        return new Candidate(
                name,
                new DebianVersion(required(stanza, "Version")),
                required(stanza, "Architecture").intern(),
                source,
                deb,
                MultiArch.parse(stanza.get("Multi-Arch").orElse("no")),
                yes(stanza, "Essential"),
                yes(stanza, "Protected") || yes(stanza, "Important"),
                Priority.parse(stanza.get("Priority").orElse("optional")),
                stanza.get("Section").orElse("").intern(),
                stanza.get("Installed-Size")
                        .map(text -> number(stanza, "Installed-Size", text))
                        .orElse(0L),
                Relations.of(stanza));
    }

    private static String required(Stanza stanza, String field) {
        return stanza.get(field)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException(
                        "package \"" + stanza.get("Package").orElse("?") + "\" has no field " + field));
    }

    private static boolean yes(Stanza stanza, String field) {
        return stanza.get(field).map("yes"::equals).orElse(false);
    }

    private static long number(Stanza stanza, String field, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException(
                    "package \"" + stanza.get("Package").orElse("?") + "\" has the " + field + " \"" + text
                            + "\", which is not a number");
        }
        return Long.parseLong(text);
    }

    /**
     * Whether this package itself, not what it provides, is what a relation names. With one architecture per image,
     * {@code name:any} needs {@code Multi-Arch: allowed}.
     */
    public boolean is(Relation relation) {
        return name.equals(relation.name()) && fits(relation.qualifier()) && relation.allows(version);
    }

    private boolean fits(Optional<String> qualifier) {
        if (qualifier.isEmpty() || qualifier.get().equals(architecture)) {
            return true;
        }
        return qualifier.get().equals("any") ? multiArch == MultiArch.ALLOWED : architecture.equals("all");
    }

    /**
     * Whether this package provides what a relation names; a relation with a version needs a provision with one
     * (Debian policy 7.5).
     */
    public boolean provides(Relation relation) {
        for (Relation provided : relations.provides()) {
            if (provided.name().equals(relation.name())
                    && (relation.constraint().isEmpty()
                            || provided.constraint()
                                    .filter(version -> relation.allows(version.version()))
                                    .isPresent())) {
                return relation.qualifier().isEmpty()
                        || relation.qualifier().get().equals("any")
                        || fits(relation.qualifier());
            }
        }
        return false;
    }

    /** Whether this package meets a relation, by itself or by what it provides. */
    public boolean satisfies(Relation relation) {
        return is(relation) || provides(relation);
    }

    /** Whether this package meets a dependency by one of its alternatives. */
    public boolean satisfies(Dependency dependency) {
        return dependency.alternatives().stream().anyMatch(this::satisfies);
    }

    /** The same package from the same place; what else is known of it follows from that. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Candidate candidate
                && name.equals(candidate.name)
                && version.equals(candidate.version)
                && architecture.equals(candidate.architecture)
                && deb.equals(candidate.deb);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + version.hashCode();
    }

    /** Name and version, for messages. */
    @Override
    public String toString() {
        return name + " " + version;
    }
}
