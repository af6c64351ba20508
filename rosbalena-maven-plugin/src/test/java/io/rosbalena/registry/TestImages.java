package io.rosbalena.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;

/** An OCI layout made by umoci. */
public record TestImages(Path layout) {
    public static TestImages create(Path folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/umoci")), "skipped: umoci is not installed");
        Path layout = folder.resolve("layout");
        run("umoci", "init", "--layout", layout.toString());
        return new TestImages(layout);
    }

    /** Adds an image for an architecture with one layer of random bytes, which do not shrink. */
    public TestImages add(String tag, String architecture, int bytes) throws IOException, InterruptedException {
        byte[] content = new byte[bytes];
        new Random(tag.hashCode()).nextBytes(content);
        Path file = Files.write(layout.resolveSibling(tag + ".bin"), content);
        run("umoci", "new", "--image", layout + ":" + tag);
        run("umoci", "config", "--image", layout + ":" + tag, "--architecture", architecture, "--os", "linux");
        run("umoci", "insert", "--rootless", "--image", layout + ":" + tag, file.toString(), "/data.bin");
        return this;
    }

    public String reference(String tag) {
        return "oci:" + layout + ":" + tag;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }
}
