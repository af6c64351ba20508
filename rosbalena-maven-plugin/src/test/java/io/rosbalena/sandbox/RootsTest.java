package io.rosbalena.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootsTest {
    private static final Digest KEY = Digest.of("key");

    @TempDir
    Path folder;

    private final AtomicInteger written = new AtomicInteger();
    private Roots roots;

    @BeforeEach
    void openTheStore() throws IOException {
        roots = Roots.in(BlobStore.open(folder.resolve("ein Laden")));
    }

    private TarSource counted() {
        TarSource tar = BusyboxRoot.tar();
        return out -> {
            written.incrementAndGet();
            tar.writeTo(out);
        };
    }

    @Test
    void aRootIsUnpackedOnceAndShared() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<Path>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(pool.submit(() -> roots.unpack(KEY, counted(), Progress.SILENT)));
        }
        for (Future<Path> each : all) {
            assertThat(each.get().resolve("bin/sh")).isExecutable();
        }
        pool.shutdown();
        assertThat(written).hasValue(1);
        assertThat(Files.list(folder.resolve("ein Laden/roots"))).hasSize(1);
    }

    @Test
    void aRootThatWasChangedIsUnpackedAgain() throws Exception {
        Path root = roots.unpack(KEY, counted(), Progress.SILENT);
        Files.writeString(root.resolve("etc/passwd"), "");
        roots.unpack(KEY, counted(), Progress.SILENT);
        assertThat(root.resolve("etc/passwd")).isNotEmptyFile();
        Files.createFile(root.resolve("etc/new"));
        roots.unpack(KEY, counted(), Progress.SILENT);
        assertThat(root.resolve("etc/new")).doesNotExist();
        assertThat(written).hasValue(3);
    }

    @Test
    void aSourceThatBreaksLeavesNothing() throws Exception {
        TarSource whole = BusyboxRoot.tar();
        TarSource broken = out -> {
            whole.writeTo(out);
            throw new IOException("the archive went away");
        };
        assertThatThrownBy(() -> roots.unpack(KEY, broken, Progress.SILENT)).hasMessage("the archive went away");
        assertThat(Files.list(folder.resolve("ein Laden/roots"))).isEmpty();
    }

    @Test
    void whatTarRefusesIsTold() {
        byte[] text = "no archive ".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> roots.unpack(KEY, out -> out.write(text), Progress.SILENT))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB331")
                .hasMessageContaining("does not look like a tar archive");
    }

    @Test
    void whatAKilledProcessLeftIsRemoved() throws Exception {
        Path abandoned = folder.resolve("ein Laden/roots/." + KEY.hex() + ".1");
        Files.createDirectories(abandoned.resolve("root/etc"));
        Path locked = Files.createDirectory(abandoned.resolve("root/locked"));
        Files.createFile(locked.resolve("file"));
        Files.setPosixFilePermissions(locked, Set.of());
        roots.unpack(KEY, counted(), Progress.SILENT);
        assertThat(abandoned).doesNotExist();
    }
}
