package io.rosbalena.balena.standin;

import io.rosbalena.balena.standin.Tables.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of releases as open-balena-api's {@code release-versioning} and {@code release-additions} make them. */
final class Versions {
    private static final Pattern SEMVER = Pattern.compile("(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)"
            + "(?:-((?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
            + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?");

    private Versions() {}

    /** Takes the parts of a version from the body of a POST or PATCH. */
    static void parse(Map<String, Object> body, Map<String, Object> values) throws Refusal {
        Object text = body.remove("semver");
        if (text == null) {
            return;
        }
        Matcher parts = SEMVER.matcher(text.toString());
        if (!parts.matches()) {
            throw new Refusal(400, "Invalid semver format");
        }
        values.put("semver_major", Long.valueOf(parts.group(1)));
        values.put("semver_minor", Long.valueOf(parts.group(2)));
        values.put("semver_patch", Long.valueOf(parts.group(3)));
        values.put("semver_prerelease", Objects.requireNonNullElse(parts.group(4), ""));
        values.put("semver_build", Objects.requireNonNullElse(parts.group(5), ""));
    }

    /** Gives a release the next revision of its version. */
    static void finish(Tables tables, Row release) {
        long revision = tables.of("release").stream()
                        .filter(other -> other != release && other.get("revision") != null)
                        .filter(other -> same(other, release))
                        .mapToLong(other -> (Long) other.get("revision"))
                        .max()
                        .orElse(-1)
                + 1;
        release.values().put("revision", revision);
        if (release.get("is_finalized_at__date") == null) {
            release.values().put("is_finalized_at__date", tables.now());
        }
    }

    private static boolean same(Row one, Row other) {
        return List.of(
                        "belongs_to__application",
                        "semver_major",
                        "semver_minor",
                        "semver_patch",
                        "semver_prerelease",
                        "variant")
                .stream()
                .allMatch(field -> Objects.equals(one.get(field), other.get(field)));
    }

    static boolean isFinal(Row release) {
        return release.get("revision") != null;
    }

    static String semver(Row release) {
        return core(release) + prefixed("-", prerelease(release)) + prefixed("+", build(release));
    }

    static String raw(Row release) {
        List<String> before = new ArrayList<>();
        if (!prerelease(release).isEmpty()) {
            before.add(prerelease(release));
        }
        List<String> after = new ArrayList<>();
        if (!build(release).isEmpty()) {
            after.add(build(release));
        }
        if (!isFinal(release)) {
            before.add(String.valueOf(
                    Instant.parse((String) release.get("created_at")).toEpochMilli()));
        } else if ((Long) release.get("revision") > 0) {
            after.add("rev" + release.get("revision"));
        }
        return core(release) + prefixed("-", String.join(".", before)) + prefixed("+", String.join(".", after));
    }

    static Map<String, Object> parts(Row release) {
        String raw = raw(release);
        int plus = raw.indexOf('+');
        String version = plus < 0 ? raw : raw.substring(0, plus);
        int dash = version.indexOf('-');
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("raw", raw);
        parts.put(
                "build", plus < 0 ? List.of() : List.of(raw.substring(plus + 1).split("\\.", -1)));
        parts.put("major", release.get("semver_major"));
        parts.put("minor", release.get("semver_minor"));
        parts.put("patch", release.get("semver_patch"));
        parts.put("version", version);
        List<Object> before = new ArrayList<>();
        if (dash >= 0) {
            for (String word : version.substring(dash + 1).split("\\.", -1)) {
                before.add(word.matches("[0-9]+") ? (Object) Long.valueOf(word) : word);
            }
        }
        parts.put("prerelease", before);
        return parts;
    }

    private static String core(Row release) {
        return release.get("semver_major") + "." + release.get("semver_minor") + "." + release.get("semver_patch");
    }

    private static String prerelease(Row release) {
        return (String) release.get("semver_prerelease");
    }

    private static String build(Row release) {
        return (String) release.get("semver_build");
    }

    private static String prefixed(String prefix, String text) {
        return text.isEmpty() ? "" : prefix + text;
    }
}
