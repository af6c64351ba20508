package io.rosbalena.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.sandbox.ReadyProcess;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.Script;
import io.rosbalena.sandbox.Tool;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there are no namespaces, the script that holds a service ends what the service has started. */
class ProcessesWithoutMountsTest {
    @TempDir
    Path folder;

    /** Its root directory cannot be read there: a container's root lacks the right to look into others' processes. */
    @Test
    void inAContainerAProcessOfAnotherUserEndsWithTheService() throws Exception {
        Assumptions.assumeTrue(
                ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")) == 0,
                "skipped: only root can do this");
        Assumptions.assumeTrue(Tool.find("python3").isPresent(), "skipped: python3 is not installed");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        BlobStore store = BlobStore.open(folder.resolve("store"));
        Path layer =
                new LayerDirs(store, store::read).unpack(SampleImage.busybox().store(store), Progress.SILENT);
        ServiceRoot root = ServiceRoot.create(folder.resolve("run"), List.of(layer));
        root.copy();
        String program = "mkfifo -m 666 up; nsenter --root=. --setuid=65534 --setgid=65534 -- /bin/sh -c"
                + " 'echo up > /up; exec sleep 4719' > /dev/null 2>&1 & read -r line < up; echo \"$line\"";
        List<String> line = new ArrayList<>(List.of(
                "python3",
                Path.of(Sandbox.class.getResource("container.py").toURI()).toString(),
                "setsid"));
        line.addAll(Script.of(ChrootStart.class, "start-chroot.sh")
                .line(List.of(root.root().toString(), "/", "0", "sh", "-c", program)));
        List<String> lines = new CopyOnWriteArrayList<>();
        try (ReadyProcess process = ReadyProcess.start(line, Map.of(), lines::add)) {
            assertThat(process.awaitReady())
                    .as(String.join("\n", process.said()))
                    .isTrue();
            process.proceed();
            assertThat(process.await()).isZero();
        }
        assertThat(lines).containsExactly("up");
        assertThat(running("sleep\0004719\000")).isEmpty();
    }

    /** Java tells no command lines of other users' processes. */
    private static List<Path> running(String command) throws IOException {
        List<Path> running = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    if (Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .endsWith(command)) {
                        running.add(process);
                    }
                } catch (IOException e) {
                    // It has ended meanwhile.
                }
            }
        }
        return running;
    }
}
