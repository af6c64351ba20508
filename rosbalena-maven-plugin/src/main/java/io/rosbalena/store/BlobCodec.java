package io.rosbalena.store;

import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The codec of a stage whose result is one blob.
 *
 * @param name what the blob is called in the kept result, for example {@code table}
 */
public record BlobCodec(String name) implements Codec<Digest> {
    @Override
    public Object encode(Digest blob) {
        return Map.of(name, blob.toString());
    }

    @Override
    public Digest decode(JsonValue document) throws IOException {
        return Digest.parse(document.get(name).string());
    }

    @Override
    public List<Digest> blobs(Digest blob) {
        return List.of(blob);
    }
}
