package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.Digest;
import io.rosbalena.transfer.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A mirror that breaks off, is busy, answers with other bytes or an index of yesterday, at random: a build succeeds or ends
 * with one clear message, nothing wrong is ever kept, and the next build makes of it what it would have made without.
 */
class FaultyMirrorTest {
    private static final int BUILDS = 6;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aBuildSucceedsOrSaysWhyAndTheStoreHoldsNothingWrong(long seed) throws Exception {
        SmallRobot robot = SmallRobot.in(folder);
        byte[] yesterday = Files.readAllBytes(packages(robot));
        robot.archive().deb("hello", "1.1-1", "amd64", "Depends: libhello1 (>= 1)");
        robot.publish().build();
        Map<String, Digest> right = images(robot);
        Mirror mirror = new Mirror(robot.archive().root(), yesterday, seed);
        try (LocalServer server = new LocalServer(mirror::answer)) {
            robot.write(
                            "robot.sources",
                            "Types: deb\nURIs: " + server.uri("/")
                                    + "\nSuites: test\nComponents: main\nSigned-By: good.gpg\n")
                    .store(folder.resolve("store of a faulty mirror"));
            int failed = 0;
            for (int build = 0; build < BUILDS; build++) {
                Files.deleteIfExists(robot.file("rosbalena.lock"));
                try {
                    robot.build();
                    assertThat(images(robot)).isEqualTo(right);
                } catch (FindingException e) {
                    failed++;
                    assertThat(e.findings())
                            .isNotEmpty()
                            .allSatisfy(finding -> assertThat(finding.fix()).isNotEmpty());
                }
                assertThatTheStoreIsRight(robot.storeFolder());
            }
            assertThat(mirror.faults.get()).as("failed %d times", failed).isPositive();
            mirror.wellAgain = true;
            Files.deleteIfExists(robot.file("rosbalena.lock"));
            robot.build();
            assertThat(images(robot)).isEqualTo(right);
        }
    }

    @Test
    void aPackageThatBreaksOffGoesOnWhereItStopped() throws Exception {
        SmallRobot robot = SmallRobot.in(folder);
        byte[] noise = new byte[400_000];
        new Random(1).nextBytes(noise);
        robot.archive()
                .debWith(
                        Map.of(
                                "usr/share/hello/noise",
                                java.util.Base64.getEncoder().encodeToString(noise)),
                        "hello",
                        "2.0",
                        "amd64");
        robot.publish();
        AtomicInteger whole = new AtomicInteger();
        AtomicInteger rest = new AtomicInteger();
        try (LocalServer server = new LocalServer(exchange -> {
            byte[] body = Files.readAllBytes(file(robot.archive().root(), exchange));
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (!exchange.getRequestURI().getPath().contains("hello_2.0")) {
                LocalServer.answer(exchange, 200, body);
            } else if (range == null) {
                whole.incrementAndGet();
                exchange.getResponseHeaders().add("ETag", "\"one\"");
                LocalServer.breakAfter(exchange, 200, body, body.length / 2);
            } else {
                int from = Integer.parseInt(range.replaceAll("\\D", ""));
                rest.addAndGet(body.length - from);
                exchange.getResponseHeaders().add("ETag", "\"one\"");
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes " + from + "-" + (body.length - 1) + "/" + body.length);
                LocalServer.answer(exchange, 206, java.util.Arrays.copyOfRange(body, from, body.length));
            }
        })) {
            robot.write(
                    "robot.sources",
                    "Types: deb\nURIs: " + server.uri("/") + "\nSuites: test\nComponents: main\nSigned-By: good.gpg\n");
            robot.build();
        }

        assertThat(whole).hasValue(1);
        assertThat(rest.get()).isBetween(1, 400_000);
    }

    private static Map<String, Digest> images(SmallRobot robot) throws IOException {
        Map<String, Digest> images = new TreeMap<>();
        Path blobs = robot.file("target/rosbalena/images");
        try (Stream<Path> all = Files.walk(blobs)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                images.put(blobs.relativize(file).toString(), Digest.of(file));
            }
        }
        return images;
    }

    private static void assertThatTheStoreIsRight(Path store) throws IOException {
        try (Stream<Path> blobs = Files.list(store.resolve("blobs/sha256"))) {
            for (Path blob : (Iterable<Path>) blobs::iterator) {
                assertThat(Digest.of(blob).hex()).isEqualTo(blob.getFileName().toString());
            }
        }
    }

    private static Path packages(SmallRobot robot) {
        return robot.archive().dists().resolve("main/binary-amd64/Packages.xz");
    }

    private static Path file(Path root, HttpExchange exchange) {
        return root.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
    }

    /** Answers one request in three wrongly. */
    private static final class Mirror {
        private final Path root;
        private final byte[] yesterday;
        private final Random random;
        private final AtomicInteger faults = new AtomicInteger();
        private volatile boolean wellAgain;

        Mirror(Path root, byte[] yesterday, long seed) {
            this.root = root;
            this.yesterday = yesterday;
            this.random = new Random(seed);
        }

        void answer(HttpExchange exchange) throws IOException {
            Path file = file(root, exchange);
            if (!Files.isRegularFile(file)) {
                LocalServer.answer(exchange, 404, new byte[0]);
                return;
            }
            byte[] body = Files.readAllBytes(file);
            int fault;
            int place;
            synchronized (random) {
                fault = random.nextInt(20);
                place = random.nextInt(body.length);
            }
            if (wellAgain || fault > 6) {
                LocalServer.answer(exchange, 200, body);
                return;
            }
            faults.incrementAndGet();
            switch (fault) {
                case 0 -> LocalServer.answer(exchange, 503, new byte[0]);
                case 1 -> {
                    exchange.getResponseHeaders().add("Retry-After", "0");
                    LocalServer.answer(exchange, 429, new byte[0]);
                }
                case 2 -> LocalServer.breakAfter(exchange, 200, body, place);
                // Whole, as far as the protocol can tell, and yet too short.
                case 3 -> LocalServer.answer(exchange, 200, java.util.Arrays.copyOf(body, place));
                case 4 -> exchange.close();
                case 5 ->
                    LocalServer.answer(
                            exchange, 200, file.toString().endsWith("Packages.xz") ? yesterday : new byte[] {7});
                default -> {
                    body[place] ^= 1;
                    LocalServer.answer(exchange, 200, body);
                }
            }
        }
    }
}
