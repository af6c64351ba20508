package io.rosbalena;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;

/** Outcomes of the real tools (catkin_pkg 0.5.2, colcon 0.12.1, rosdep 0.22.1), kept as test resources. */
public final class Golden {
    private Golden() {}

    /** A document of {@code src/test/resources/golden}. */
    public static JsonValue read(String name) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new IOException("no golden file " + name);
            }
            return Json.parse(in.readAllBytes());
        }
    }
}
