package io.rosbalena.bench;

import io.rosbalena.registry.LocalRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An image of 500 MB that no compression makes smaller, from this machine into an empty registry on it: our push in a
 * Java machine at -Xmx96m, and skopeo from the OCI layout that we wrote. What is compared is the time of the push alone;
 * Maven's start is told beside it.
 */
final class Pushing implements Measurement {
    private static final int LAYERS = 5;
    private static final int LAYER = 100_000_000;

    private final Workplace workplace;

    Pushing(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public List<Row> measure() throws IOException, InterruptedException {
        Path project = robot();
        Path images = project.resolve("target/rosbalena/images");
        List<Cost> ours = new ArrayList<>();
        List<Cost> whole = new ArrayList<>();
        List<Cost> theirs = new ArrayList<>();
        long peak = 0;
        for (int run = 0; run < workplace.runs(); run++) {
            try (LocalRegistry registry = LocalRegistry.open(workplace.empty("registry"))) {
                theirs.add(new Command(
                                "skopeo",
                                "copy",
                                "-q",
                                "--dest-tls-verify=false",
                                "oci:" + images + ":big",
                                "docker://" + registry.host() + "/robot/big:1")
                        .run()
                        .cost());
            }
            try (LocalRegistry registry = LocalRegistry.open(workplace.empty("registry"))) {
                Command.Result push = workplace
                        .maven(
                                project,
                                workplace.store(),
                                "rosbalena:push",
                                "-Drosbalena.to=" + registry.host() + "/robot")
                        .with("MAVEN_OPTS", "-Xmx96m")
                        .weighingLines()
                        .run();
                ours.add(push.between("Pushing to", " blobs; "));
                whole.add(push.cost());
                peak = Math.max(peak, push.peak());
            }
        }
        return List.of(
                Row.throughput(
                        "pushing 500 MB in " + LAYERS + " layers",
                        Cost.median(ours),
                        "skopeo copy",
                        Cost.median(theirs),
                        0.9),
                new Row(
                        "memory of the same at -Xmx96m",
                        (peak >> 20) + " MiB, with Maven's start " + Row.text(Cost.median(whole)),
                        "the aim",
                        "256 MiB",
                        "(aim: 256 MiB at most)"));
    }

    /** A robot that takes the image over as it is; locked and built. */
    private Path robot() throws IOException, InterruptedException {
        Path project = workplace.folder().resolve("pushed");
        Files.createDirectories(project.resolve("src"));
        workplace.configureJava(project);
        try (LocalRegistry source = LocalRegistry.open(workplace.empty("source"))) {
            image(source);
            Files.writeString(project.resolve("pom.xml"), Robots.pom("pushed", workplace.version(), ""));
            Files.writeString(
                    project.resolve("docker-compose.yml"),
                    "services:\n  big:\n    image: " + source.host() + "/big:1\n    command: [/data0]\n");
            // The registry has another port each time.
            Files.deleteIfExists(project.resolve("rosbalena.lock"));
            workplace.maven(project, workplace.store(), "rosbalena:build").run();
        }
        return project;
    }

    private void image(LocalRegistry source) throws IOException, InterruptedException {
        Path layout = workplace.empty("big").resolve("layout");
        Path data = layout.resolveSibling("data");
        new Command("umoci", "init", "--layout", layout.toString()).run();
        String image = layout + ":big";
        new Command("umoci", "new", "--image", image).run();
        new Command("umoci", "config", "--image", image, "--os", "linux", "--architecture", Robots.architecture())
                .run();
        for (int layer = 0; layer < LAYERS; layer++) {
            noise(data, layer);
            new Command("umoci", "insert", "--rootless", "--image", image, data.toString(), "/data" + layer).run();
        }
        source.copy("oci:" + image, "big:1");
    }

    private static void noise(Path file, int seed) throws IOException {
        byte[] piece = new byte[1_000_000];
        Random random = new Random(seed);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            for (int written = 0; written < LAYER; written += piece.length) {
                random.nextBytes(piece);
                out.write(piece);
            }
        }
    }
}
