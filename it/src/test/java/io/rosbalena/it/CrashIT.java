package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Builds that are ended anywhere, or run beside each other, leave nothing half-written under a final name, and a store
 * that the next build uses without trouble.
 */
class CrashIT {
    private final FirstCourier first = FirstCourier.get();

    /**
     * When a build is ended.
     *
     * @param words printed before
     * @param folder of the store in which something must have appeared, too; empty: at once
     * @param signal sent to Maven
     */
    private record Moment(String words, String folder, String signal) {}

    private static final List<Moment> MOMENTS = List.of(
            new Moment("Building courier", "", "KILL"),
            new Moment("Unpacking the build root", "roots", "KILL"),
            new Moment("Unpacking the build root", "", "INT"),
            new Moment("Compiling in the build root", "tmp", "KILL"),
            new Moment("compiling camera_driver", "", "TERM"),
            new Moment("compiling perception_node", "", "KILL"),
            new Moment("Writing layers", "tmp", "KILL"),
            new Moment("writing base layer", "blobs/sha256", "INT"),
            new Moment("Writing layers", "blobs/sha256", "KILL"));

    @Test
    void aBuildThatWasKilledAnywhereIsGoneOnWith() throws Exception {
        Path clone = first.again("killed");
        Path store = first.downloads("killed");
        for (Moment moment : MOMENTS) {
            end(clone, store, moment);
            assertNothingHalfWritten(store, clone);
        }
        NestedMaven.in(clone)
                .store(store)
                .with("-o", "-Drosbalena.locked")
                .run("package")
                .succeeded();
        Images.of(clone).assertSameAs(Images.of(first.robot()));
        assertThat(store.resolve("tmp")).isEmptyDirectory();
        assertThat(list(store.resolve("roots"))).noneMatch(root -> root.startsWith("."));
    }

    private static void end(Path clone, Path store, Moment moment) throws Exception {
        Path watched = Files.createDirectories(store.resolve(moment.folder()));
        try (WatchService watch = store.getFileSystem().newWatchService()) {
            watched.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            end(clone, store, moment, watch);
        }
    }

    private static void end(Path clone, Path store, Moment moment, WatchService watch) throws Exception {
        try (RunningMaven running = NestedMaven.in(clone)
                // What starts in the background ignores Ctrl-C, and so does what it starts.
                .under("env", "--default-signal=INT")
                .store(store)
                .with("-o", "-Drosbalena.locked")
                .start("package")) {
            if (running.awaitWords(moment.words()) && !moment.folder().isEmpty()) {
                WatchKey appeared = watch.poll(1, TimeUnit.MINUTES);
                assertThat(appeared).as(moment.toString()).isNotNull();
            }
            List<ProcessHandle> others = running.descendants();
            running.signal(moment.signal());
            NestedMaven.Result result = running.await();
            assertThat(result.status()).as(moment + "\n" + result.output()).isNotZero();
            for (ProcessHandle other : others) {
                other.onExit().get(1, TimeUnit.MINUTES);
            }
        }
    }

    /** Every name that others rely on stands for something whole. */
    private static void assertNothingHalfWritten(Path store, Path project) throws IOException {
        Projects.contents(store.resolve("blobs/sha256"))
                .forEach((name, digest) -> assertThat(digest).isEqualTo(name));
        for (String root : list(store.resolve("roots"))) {
            assertThat(root.startsWith(".")
                            || Files.exists(store.resolve("roots").resolve(root).resolve("manifest")))
                    .as(root)
                    .isTrue();
        }
        assertThat(project.resolve("target/rosbalena/docker-compose.yml")).doesNotExist();
        assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(store.toString());
    }

    private static List<String> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }

    @Test
    void twoBuildsOfOneProjectAtOnceBothSucceed() throws Exception {
        Path clone = first.again("both");
        for (String stage : List.of("build", "compile", "layer")) {
            Program.of(
                            "rm",
                            "-rf",
                            first.store().resolve("results").resolve(stage).toString())
                    .output();
        }
        NestedMaven maven = NestedMaven.in(clone).store(first.store()).with("-o", "-Drosbalena.locked");
        try (RunningMaven one = maven.start("package");
                RunningMaven two = maven.start("package")) {
            one.await().succeeded();
            two.await().succeeded();
        }
        Images.of(clone).assertSameAs(Images.of(first.robot()));
    }
}
