package io.rosbalena.robot.deploying;

import io.rosbalena.balena.ApiException;
import io.rosbalena.balena.BalenaApi;
import io.rosbalena.balena.Query;
import io.rosbalena.robot.project.GitCheckout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a release comes from: what must not enter an image, or each commit would restart each robot. */
final class ReleaseTags {
    /** The server's limit of a value. */
    private static final int LONGEST = 1000;

    private ReleaseTags() {}

    /**
     * The tags.
     *
     * @param directory of the project
     * @param lock digest of the lock
     */
    static SortedMap<String, String> of(Path directory, String lock, String pluginVersion)
            throws IOException, InterruptedException {
        SortedMap<String, String> tags = new TreeMap<>();
        tags.put("rosbalena-version", pluginVersion);
        tags.put("rosbalena-lock", lock);
        Optional<GitCheckout> git = GitCheckout.of(directory);
        git.ifPresent(checkout -> {
            tags.put("git-commit", checkout.commit());
            checkout.branch().ifPresent(name -> tags.put("git-branch", name));
            if (checkout.dirty()) {
                tags.put("git-dirty", "true");
            }
        });
        tags.replaceAll((key, value) -> value.substring(0, Math.min(value.length(), LONGEST)));
        return tags;
    }

    /** Sets them; one that is there gets the new value. */
    static void set(BalenaApi api, long release, SortedMap<String, String> tags) throws IOException {
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            Query same = Query.of("release_tag")
                    .filter("release eq " + release + " and tag_key eq " + Query.text(tag.getKey()));
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("release", release);
            fields.put("tag_key", tag.getKey());
            fields.put("value", tag.getValue());
            try {
                api.create("release_tag", fields, () -> api.first(same.select("id")));
            } catch (ApiException e) {
                if (e.kind() != ApiException.Kind.CONFLICT) {
                    throw e;
                }
                api.change(same, Map.of("value", tag.getValue()));
            }
        }
    }
}
