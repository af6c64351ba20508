package io.rosbalena.sbom;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The system that an image runs, as its {@code os-release(5)} says.
 *
 * @param id for example {@code debian}
 * @param version number or code name of its release, for example {@code 12}; empty for one without releases
 */
public record OperatingSystem(String id, String version) {
    private static final String ID = "[a-z0-9._-]+";

    public OperatingSystem {
        if (!id.matches(ID)) {
            throw new IllegalArgumentException("no system has the ID \"" + id + "\"");
        }
    }

    /** Reads the file; empty if it does not say which system it is. Debian's next release has a code name alone. */
    public static Optional<OperatingSystem> parse(String osRelease) {
        Map<String, String> fields = new HashMap<>();
        for (String line : osRelease.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(
                        line.substring(0, equals).strip(),
                        unquoted(line.substring(equals + 1).strip()));
            }
        }
        String version = fields.getOrDefault("VERSION_ID", fields.getOrDefault("VERSION_CODENAME", ""));
        return Optional.ofNullable(fields.get("ID"))
                .filter(id -> id.matches(ID))
                .map(id -> new OperatingSystem(id, version));
    }

    /** How package URLs name it, for example {@code debian-12}: as syft and trivy write it. */
    public String distro() {
        return version.isEmpty() ? id : id + "-" + version;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
