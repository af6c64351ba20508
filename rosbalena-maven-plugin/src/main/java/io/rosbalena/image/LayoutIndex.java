package io.rosbalena.image;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Chooses by name in the {@code index.json} of a layout, which may hold several images. */
final class LayoutIndex {
    private LayoutIndex() {}

    /**
     * The index cut down to one image, for every platform that it is there for.
     *
     * @param name of the layout, for messages
     * @param ref the image's name or digest; where none is given, there must be one image only
     */
    static byte[] choose(byte[] index, Optional<String> ref, String name) throws MalformedImageException {
        try {
            return chooseParsed(index, ref, name);
        } catch (IOException e) {
            throw new MalformedImageException(e);
        }
    }

    private static byte[] chooseParsed(byte[] index, Optional<String> ref, String name) throws IOException {
        List<JsonValue> chosen = new ArrayList<>();
        NavigableSet<String> names = new TreeSet<>();
        for (JsonValue item : Json.parse(index).get("manifests").items()) {
            Descriptor descriptor = Descriptor.read(item);
            Optional<String> itsName =
                    Optional.ofNullable(descriptor.annotations().get(OciLayout.REF_NAME));
            boolean wanted = ref.isEmpty()
                    || ref.equals(itsName)
                    || ref.get().equals(descriptor.digest().toString());
            if (wanted) {
                chosen.add(item);
            }
            itsName.ifPresent(names::add);
        }
        if (ref.isEmpty() && names.size() > 1) {
            throw BaseProblem.ambiguous(name, names);
        }
        if (chosen.isEmpty()) {
            throw BaseProblem.missing(
                    name, names.isEmpty() ? "no image has a name" : "there are " + String.join(", ", names));
        }
        return Json.compact(Map.of("schemaVersion", 2, "manifests", chosen));
    }
}
