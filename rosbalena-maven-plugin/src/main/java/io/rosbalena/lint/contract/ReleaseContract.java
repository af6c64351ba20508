package io.rosbalena.lint.contract;

import io.rosbalena.json.Json;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The contract of a release, as it is sent with it.
 *
 * @param members its JSON: members sorted at every depth, the values of variables as texts
 */
public record ReleaseContract(SortedMap<String, Object> members) {
    /** The name of the file, in the project's folder. */
    public static final String FILE = "balena.yml";

    public ReleaseContract {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    /** The release's version (semver); balena counts releases itself where there is none. */
    public Optional<String> version() {
        return members.get("version") instanceof String version ? Optional.of(version) : Optional.empty();
    }

    /** The same meaning gives the same bytes. */
    public byte[] bytes() {
        return Json.compact(members);
    }
}
