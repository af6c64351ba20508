package io.rosbalena.store;

import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * How a stage's result is written down.
 *
 * @param <O> the result
 */
public interface Codec<O> {
    /** The result as plain JSON values, see {@link io.rosbalena.json.Json}. */
    Object encode(O result);

    /** Reads what {@link #encode} wrote. */
    O decode(JsonValue document) throws IOException;

    /** The blobs without which the result is of no use. */
    List<Digest> blobs(O result);

    /** How many bytes some of these blobs must have: one of another size was damaged with its disk. */
    default Map<Digest, Long> sizes(O result) {
        return Map.of();
    }
}
