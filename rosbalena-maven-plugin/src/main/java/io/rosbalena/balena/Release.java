package io.rosbalena.balena;

import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.Optional;

/**
 * A release of a fleet that was made.
 *
 * @param id of the server
 * @param commit what devices know it by: up to 40 characters
 * @param version as the dashboard shows it, for example {@code 1.2.0+rev1}
 * @param isFinal whether fleets that track the latest release may take it; else it is a draft
 * @param invalidated whether it was withdrawn
 */
public record Release(long id, String commit, String version, boolean isFinal, boolean invalidated) {
    /** What {@link #read} needs. */
    public static final String FIELDS = "id,commit,raw_version,is_final,is_invalidated";

    /** A row with the {@link #FIELDS}. */
    public static Release read(JsonValue row) throws IOException {
        Optional<JsonValue> version = row.find("raw_version");
        return new Release(
                row.get("id").number(),
                Printable.line(row.get("commit").string()),
                version.isPresent() ? Printable.line(version.get().string()) : "without version",
                row.get("is_final").flag(),
                row.get("is_invalidated").flag());
    }

    /** The one that was made with success from the same content; the server allows no second one. */
    public static Optional<Release> ofCommit(BalenaApi api, Fleet fleet, String commit) throws IOException {
        Optional<JsonValue> row = api.first(Query.of("release")
                .select(FIELDS)
                .filter("belongs_to__application eq " + fleet.id() + " and commit eq " + Query.text(commit)
                        + " and status eq 'success'"));
        return row.isPresent() ? Optional.of(read(row.get())) : Optional.empty();
    }

    /** What people name it by. */
    @Override
    public String toString() {
        return version + " (" + commit.substring(0, Math.min(7, commit.length())) + ")";
    }
}
