package io.rosbalena;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The large real inputs that stand beside the checkout; tests on them are skipped where they are not. */
public final class SharedData {
    private SharedData() {}

    /** A file or folder below {@code ../shared} beside the checkout; the calling test is skipped where it is missing. */
    public static Path require(String path) {
        Path found = Path.of("..", "..", "shared").resolve(path);
        Assumptions.assumeTrue(Files.exists(found), () -> "skipped: ../shared/" + path + " is not here");
        return found;
    }
}
