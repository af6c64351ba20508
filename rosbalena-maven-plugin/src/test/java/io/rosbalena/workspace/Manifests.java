package io.rosbalena.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small manifests for tests. */
public final class Manifests {
    private Manifests() {}

    /** Writes a manifest of format 3 whose fifth line is {@code more}. */
    public static void write(Path directory, String name, String more) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("package.xml"),
                String.join(
                        "\n",
                        "<package format=\"3\">",
                        "  <name>" + name + "</name><version>1.0.0</version><description>d</description>",
                        "  <maintainer email=\"a@b.org\">A</maintainer>",
                        "  <license>MIT</license>",
                        more,
                        "  <export><build_type>ament_cmake</build_type></export>",
                        "</package>",
                        ""));
    }
}
