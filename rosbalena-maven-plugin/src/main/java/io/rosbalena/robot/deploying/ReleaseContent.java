package io.rosbalena.robot.deploying;

import io.rosbalena.compose.Composition;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What makes a release what it is. Who deploys the same again finds the release that is there.
 *
 * @param composition the resolved manifest
 * @param images digest of the manifest of each service's image
 * @param contract {@code balena.yml}, if the project has one
 * @param version as semver
 */
record ReleaseContent(
        Composition composition,
        SortedMap<String, Digest> images,
        Optional<SortedMap<String, Object>> contract,
        String version) {
    /** https://semver.org, with a number or two left out at the end, as Maven's versions often are. */
    private static final Pattern VERSION = Pattern.compile("(0|[1-9][0-9]{0,8})(?:\\.(0|[1-9][0-9]{0,8}))?"
            + "(?:\\.(0|[1-9][0-9]{0,8}))?"
            + "(-(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(?:\\.(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?"
            + "(\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");

    /** What devices know a release by has up to 40 characters, as git's commits have. */
    private static final int COMMIT = 40;

    /**
     * The version that a release gets: that of {@code balena.yml}, else that of the POM.
     *
     * @throws FindingException RB621 if it is no semver
     */
    static String version(Optional<SortedMap<String, Object>> contract, String pom) {
        if (contract.isPresent() && contract.get().get("version") instanceof String stated) {
            return stated;
        }
        Matcher matcher = VERSION.matcher(pom);
        if (!matcher.matches()) {
            throw FindingException.input(
                    Finding.error("RB621", "the version " + pom + " is none that a release can have (semver)")
                            .at("pom.xml")
                            .fix(
                                    "write three numbers without leading zeros, such as 1.4.0 or 1.4.0-beta.1; or keep it, and write"
                                            + " version: into balena.yml"));
        }
        return matcher.group(1)
                + "." + Optional.ofNullable(matcher.group(2)).orElse("0")
                + "." + Optional.ofNullable(matcher.group(3)).orElse("0")
                + Optional.ofNullable(matcher.group(4)).orElse("")
                + Optional.ofNullable(matcher.group(5)).orElse("");
    }

    /** The first 40 digits of the SHA-256 over all that a release is made of. */
    String commit() {
        SortedMap<String, Object> all = new TreeMap<>();
        all.put("composition", composition.members());
        all.put("images", images);
        contract.ifPresent(members -> all.put("contract", members));
        all.put("semver", version);
        return Digest.of(Json.compact(all)).hex().substring(0, COMMIT);
    }

    /** The contract as it is sent, with the version that the release has. */
    Optional<Map<String, Object>> sentContract() {
        return contract.map(members -> {
            Map<String, Object> whole = new TreeMap<>(members);
            whole.put("version", version);
            return whole;
        });
    }

    /** The contract that a build left. */
    static Optional<SortedMap<String, Object>> contract(JsonValue report) throws IOException {
        Optional<JsonValue> found = report.find("contract");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, Object> members = new TreeMap<>();
        found.get().members().forEach((name, value) -> {
            if (value.raw() != null) {
                members.put(name, value.raw());
            }
        });
        return Optional.of(members);
    }
}
