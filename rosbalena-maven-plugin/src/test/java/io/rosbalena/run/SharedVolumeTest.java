package io.rosbalena.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.sandbox.Way;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume that two services have, where nothing can be mounted. */
class SharedVolumeTest {
    private static final ServiceView DATA = new ServiceView(
            List.of(new ServiceVolume("data", "/data", false)), List.of(), List.of(), true, true, false, false);

    @TempDir
    Path folder;

    /** Opens the pipe that the service {@code late} waits at, once the other has ended. */
    private static final class Gate extends SampleLog {
        private final Path runs;
        private final CountDownLatch waiting = new CountDownLatch(1);

        Gate(Path runs) {
            this.runs = runs;
        }

        @Override
        public void line(String service, String text) {
            super.line(service, text);
            if (text.equals("waiting")) {
                waiting.countDown();
            }
        }

        @Override
        public void event(String service, String text) {
            super.event(service, text);
            if (service.equals("early")) {
                open();
            }
        }

        private void open() {
            try (var all = Files.newDirectoryStream(runs)) {
                waiting.await();
                Files.writeString(all.iterator().next().resolve("service-late/root/gate"), "go\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void eachServiceAddsWhatItDidAndLeavesWhatTheOtherDid() throws Exception {
        Assumptions.assumeTrue(
                ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")) == 0,
                "skipped: only root can do this");
        BlobStore store = BlobStore.open(folder.resolve("store"));
        List<ServiceLayer> busybox = List.of(SampleImage.busybox().store(store));
        Path volume = Files.createDirectories(folder.resolve("volumes/data"));
        Files.writeString(volume.resolve("kept"), "kept");
        Files.writeString(volume.resolve("gone early"), "");
        Files.writeString(volume.resolve("gone late"), "");
        Files.writeString(volume.resolve("changed"), "before");
        Gate gate = new Gate(store.root().resolve("runs"));
        new Runner(store, store::read, Progress.SILENT, List.of(Way.ROOT_WITHOUT_MOUNTS))
                .run(
                        List.of(
                                SampleService.with(
                                        SampleService.shell(
                                                "late",
                                                busybox,
                                                "busybox mkfifo /gate; echo waiting; read go < /gate;"
                                                        + " echo late > /data/late; rm '/data/gone late'"),
                                        DATA),
                                SampleService.with(
                                        SampleService.shell(
                                                "early",
                                                busybox,
                                                "echo early > /data/early; rm '/data/gone early'; echo after > /data/changed",
                                                "late"),
                                        DATA)),
                        new RunOptions(Optional.empty(), folder.resolve("volumes"), gate));
        try (var files = Files.list(volume)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("kept", "changed", "early", "late");
        }
        assertThat(volume.resolve("changed")).hasContent("after\n");
    }
}
