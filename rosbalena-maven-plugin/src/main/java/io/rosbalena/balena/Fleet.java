package io.rosbalena.balena;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A fleet, {@code application} in the API.
 *
 * @param id of the server
 * @param slug {@code organization/fleet}
 * @param uuid 32 hexadecimal digits
 * @param deviceType its slug, for example {@code raspberrypi4-64}
 * @param architecture as balena names it, for example {@code aarch64}
 * @param multicontainer whether its releases may have several services
 * @param tracksLatest whether its devices take each new final release
 * @param runs the release that it is meant to run
 */
public record Fleet(
        long id,
        String slug,
        String uuid,
        String deviceType,
        String architecture,
        boolean multicontainer,
        boolean tracksLatest,
        Optional<Long> runs) {

    private static final String EXPAND = "application_type($select=name,slug,supports_multicontainer),"
            + "is_for__device_type($select=slug;$expand=is_of__cpu_architecture($select=slug))";

    /**
     * The fleet that a user names.
     *
     * @param name {@code organization/fleet}, a uuid, or the name alone
     * @throws FindingException RB609 if there is none, RB610 if several have the name
     */
    public static Fleet find(BalenaApi api, String name) throws IOException {
        String slug = Query.text(name.toLowerCase(Locale.ROOT));
        String known = name.contains("/") || name.matches("[0-9a-f]{32}")
                ? "slug eq " + slug + " or uuid eq " + slug
                : "app_name eq " + Query.text(name);
        Actor actor = api.whoAmI();
        // A public fleet of somebody else is visible, too; a key that is no user's sees its own alone.
        String mine = actor.isUser() ? "is_directly_accessible_by__user/any(dau:1 eq 1) and (" + known + ")" : known;
        List<JsonValue> found = api.list(Query.of("application").filter(mine).expand(EXPAND));
        if (found.isEmpty()) {
            throw FindingException.input(Finding.error(
                            "RB609", "there is no fleet " + name + " that " + actor.name() + " may use on " + api.url())
                    .fix("see its name in the dashboard, organization/fleet; mvn rosbalena:fleet creates one"));
        }
        if (found.size() > 1) {
            List<String> slugs = new ArrayList<>();
            for (JsonValue one : found) {
                slugs.add(one.get("slug").string());
            }
            throw FindingException.input(Finding.error("RB610", "several fleets have the name " + name)
                    .fix("name one with its organization: "
                            + slugs.stream()
                                    .sorted()
                                    .map(one -> "-Dfleet=" + one)
                                    .collect(Collectors.joining(", "))));
        }
        return read(found.get(0));
    }

    /** Lets the fleet's devices run a release, and no later one until it is told otherwise. */
    public void pin(BalenaApi api, long release) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("should_be_running__release", release);
        fields.put("should_track_latest_release", false);
        api.change(Query.of("application", id), fields);
    }

    private static Fleet read(JsonValue row) throws IOException {
        JsonValue type = only(row, "is_for__device_type");
        JsonValue kind = only(row, "application_type");
        Optional<JsonValue> runs = row.find("should_be_running__release");
        return new Fleet(
                row.get("id").number(),
                Printable.line(row.get("slug").string()),
                row.get("uuid").string(),
                Printable.line(type.get("slug").string()),
                Printable.line(only(type, "is_of__cpu_architecture").get("slug").string()),
                kind.get("supports_multicontainer").flag(),
                row.get("should_track_latest_release").flag(),
                runs.isPresent() ? Optional.of(runs.get().get("__id").number()) : Optional.empty());
    }

    /** What stands behind a link is a list of one. */
    private static JsonValue only(JsonValue row, String link) throws IOException {
        List<JsonValue> items = row.get(link).items();
        if (items.size() != 1) {
            throw new ApiException(ApiException.Kind.UNUSABLE, "the API gave " + items.size() + " of " + link);
        }
        return items.get(0);
    }
}
