package io.rosbalena.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The courier, built once for all tests of a run: the first build, which makes the lock and downloads everything.
 *
 * @param robot its folder
 * @param store the store that has everything afterwards
 * @param built what the build printed
 */
record FirstCourier(Path robot, Path store, NestedMaven.Result built) {
    private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");

    /** Builds it when it is asked for the first time. */
    static FirstCourier get() {
        return Built.ONCE;
    }

    private static final class Built {
        static final FirstCourier ONCE = build();

        private static FirstCourier build() {
            try {
                Path robot = Projects.courier("first");
                Path store = Projects.store("first");
                return new FirstCourier(
                        robot,
                        store,
                        NestedMaven.in(robot).store(store).run("package").succeeded());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Another clone of the same sources with the same lock. */
    Path again(String name) throws IOException {
        Path other = Projects.courier(name);
        Files.copy(
                robot.resolve("rosbalena.lock"), other.resolve("rosbalena.lock"), StandardCopyOption.REPLACE_EXISTING);
        return other;
    }

    /** A store that holds the downloaded packages and nothing else; its files are copies. */
    Path downloads(String name) throws IOException {
        Path blobs = Files.createDirectories(Projects.store(name).resolve("blobs/sha256"));
        Matcher digests = DIGEST.matcher(Files.readString(robot.resolve("rosbalena.lock")));
        while (digests.find()) {
            Path from = store.resolve("blobs/sha256").resolve(digests.group(1));
            Path to = blobs.resolve(digests.group(1));
            if (Files.exists(from) && !Files.exists(to)) {
                Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return Projects.store(name);
    }
}
