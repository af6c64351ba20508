package io.rosbalena.balena;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Releases of a fleet as users name them. Only such are found that were made with success. */
public final class ReleaseSearch {
    private static final int SHORTEST_COMMIT = 7;

    /** As many as somebody may want to go back. */
    private static final int MOST = 200;

    private final BalenaApi api;
    private final Fleet fleet;

    public ReleaseSearch(BalenaApi api, Fleet fleet) {
        this.api = api;
        this.fleet = fleet;
    }

    /**
     * The release with a commit, the beginning of one, or a version.
     *
     * @throws FindingException RB649 if there is none, RB650 if there are several, RB651 if it came to nothing
     */
    public Release named(String name) throws IOException {
        String text = Query.text(name);
        String commit =
                name.matches("[0-9a-f]{" + SHORTEST_COMMIT + ",40}") ? "startswith(commit," + text + ") or " : "";
        List<JsonValue> rows = api.list(Query.of("release")
                .select(Release.FIELDS + ",status")
                .filter(ofFleet() + " and (" + commit + "raw_version eq " + text + ")")
                .orderBy("created_at desc"));
        if (rows.isEmpty()) {
            throw FindingException.input(
                    Finding.error("RB649", "fleet " + fleet.slug() + " has no release " + name)
                            .fix(
                                    "name it by its version or by its commit, at least seven digits, as the dashboard shows them"));
        }
        List<Release> made = new ArrayList<>();
        for (JsonValue row : rows) {
            if (row.get("status").string().equals("success")) {
                made.add(Release.read(row));
            }
        }
        Optional<Release> exact = made.stream()
                .filter(release ->
                        release.commit().equals(name) || release.version().equals(name))
                .findFirst();
        if (made.isEmpty()) {
            throw FindingException.input(Finding.error(
                            "RB651",
                            "release " + name + " came to nothing: its status is "
                                    + Printable.line(rows.get(0).get("status").string()))
                    .fix("deploy it again"));
        }
        if (exact.isEmpty() && made.size() > 1) {
            throw several(name, made);
        }
        return exact.orElse(made.get(0));
    }

    /** The finding for a name that several releases share. */
    static FindingException several(String name, List<Release> releases) {
        return FindingException.input(Finding.error("RB650", releases.size() + " releases are meant by " + name)
                .fix("name one: "
                        + releases.stream()
                                .limit(5)
                                .map(release -> "-Drosbalena.release=" + release.commit() + " ("
                                        + Printable.line(release.version()) + ")")
                                .collect(Collectors.joining(", "))));
    }

    /**
     * The drafts that may be made final.
     *
     * @param most of them
     */
    public List<Release> drafts(int most) throws IOException {
        List<Release> drafts = new ArrayList<>();
        for (JsonValue row : api.list(
                made().filter(ofFleet() + " and status eq 'success' and is_final eq false and is_invalidated eq false")
                        .orderBy("created_at desc")
                        .top(most))) {
            drafts.add(Release.read(row));
        }
        return drafts;
    }

    /** The only draft, if there is one. */
    public Optional<Release> draft() throws IOException {
        List<Release> drafts = drafts(5);
        if (drafts.size() > 1) {
            throw several("a draft", drafts);
        }
        return drafts.stream().findFirst();
    }

    /** The release that fleets take that track the latest one. */
    public Optional<Release> latest() throws IOException {
        return finals().stream().filter(release -> !release.invalidated()).findFirst();
    }

    /** The release that was meant to run before another one. */
    public Optional<Release> before(long other) throws IOException {
        List<Release> all = finals();
        int at = 0;
        while (at < all.size() && all.get(at).id() != other) {
            at++;
        }
        return all.stream()
                .skip(at + 1L)
                .filter(release -> !release.invalidated())
                .findFirst();
    }

    /** By the start of their making, as the server orders them itself. */
    private List<Release> finals() throws IOException {
        List<Release> releases = new ArrayList<>();
        for (JsonValue row : api.list(
                made().filter(ofFleet() + " and status eq 'success' and is_final eq true and is_passing_tests eq true")
                        .orderBy("start_timestamp desc")
                        .top(MOST))) {
            releases.add(Release.read(row));
        }
        return releases;
    }

    /** One that is known to be there. */
    public Optional<Release> ofId(long id) throws IOException {
        Optional<JsonValue> row = api.first(Query.of("release", id).select(Release.FIELDS));
        return row.isPresent() ? Optional.of(Release.read(row.get())) : Optional.empty();
    }

    private static Query made() {
        return Query.of("release").select(Release.FIELDS);
    }

    private String ofFleet() {
        return "belongs_to__application eq " + fleet.id();
    }
}
