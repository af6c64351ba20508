package io.rosbalena.balena;

import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A release of the fleet with what devices have from it.
 *
 * @param release which
 * @param composition its {@code composition}, as plain JSON
 * @param images those that were pushed, by service
 */
public record EarlierRelease(Release release, Map<String, ?> composition, SortedMap<String, StoredImage> images) {
    private static final String EXPAND = "release_image($select=id;"
            + "$expand=image($select=id,is_stored_at__image_location,content_hash;"
            + "$expand=is_a_build_of__service($select=service_name)))";

    public EarlierRelease {
        composition = Collections.unmodifiableMap(new TreeMap<>(composition));
        images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
    }

    /**
     * An image that a registry has.
     *
     * @param location host and repository
     * @param manifest digest of its manifest
     */
    public record StoredImage(ImageLocation location, Digest manifest) {}

    /**
     * The release that the fleet is meant to run, and the last one that was made, if it is another: devices have the
     * layers of the first, the registry those of both.
     */
    public static List<EarlierRelease> of(BalenaApi api, Fleet fleet) throws IOException {
        List<JsonValue> rows = new ArrayList<>();
        if (fleet.runs().isPresent()) {
            rows.addAll(api.list(query("id eq " + fleet.runs().get())));
        }
        rows.addAll(api.list(query("belongs_to__application eq " + fleet.id() + " and status eq 'success'")
                .orderBy("id desc")
                .top(1)));
        List<EarlierRelease> releases = new ArrayList<>();
        for (JsonValue row : rows) {
            EarlierRelease one = read(row);
            if (releases.stream()
                    .noneMatch(other -> other.release().id() == one.release().id())) {
                releases.add(one);
            }
        }
        return releases;
    }

    private static Query query(String filter) {
        return Query.of("release")
                .select(Release.FIELDS + ",composition")
                .filter(filter)
                .expand(EXPAND);
    }

    private static EarlierRelease read(JsonValue row) throws IOException {
        SortedMap<String, StoredImage> images = new TreeMap<>();
        for (JsonValue part : row.get("release_image").items()) {
            for (JsonValue image : part.get("image").items()) {
                Optional<JsonValue> hash = image.find("content_hash");
                Optional<ImageLocation> location = ImageLocation.parse(
                        image.get("is_stored_at__image_location").string());
                // Images that were never pushed have none, and old ones may stand elsewhere.
                if (hash.isPresent()
                        && location.isPresent()
                        && hash.get().string().matches("sha256:[0-9a-f]{64}")) {
                    String service = image.get("is_a_build_of__service")
                            .items()
                            .get(0)
                            .get("service_name")
                            .string();
                    images.put(
                            service,
                            new StoredImage(
                                    location.get(), Digest.parse(hash.get().string())));
                }
            }
        }
        return new EarlierRelease(Release.read(row), plain(row.find("composition")), images);
    }

    private static Map<String, ?> plain(Optional<JsonValue> composition) throws IOException {
        SortedMap<String, @Nullable Object> members = new TreeMap<>();
        if (composition.isPresent() && composition.get().raw() instanceof Map) {
            composition.get().members().forEach((name, value) -> members.put(name, value.raw()));
        }
        return members;
    }
}
