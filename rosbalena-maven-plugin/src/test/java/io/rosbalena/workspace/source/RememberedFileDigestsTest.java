package io.rosbalena.workspace.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedFileDigestsTest {
    /** A file of the system: written long ago, and nobody changes it during a test. */
    private static final Path OLD = Path.of(System.getProperty("java.home"), "lib", "modules");

    @TempDir
    private Path folder;

    @Test
    void readsAFileThatDidNotChangeOnlyOnce() throws IOException {
        Path memory = folder.resolve("digests");
        Digest first = ask(memory, OLD);
        String written = Files.readString(memory);
        assertThat(written).contains(first.hex());
        // If the memory is believed, a wrong digest in it comes back.
        String wrong = "0".repeat(64);
        Files.writeString(memory, written.replace(first.hex(), wrong));
        assertThat(ask(memory, OLD).hex()).isEqualTo(wrong);
    }

    @Test
    void doesNotBelieveAFileThatWasWrittenJustNow() throws IOException {
        Path memory = folder.resolve("digests");
        Path file = Files.writeString(folder.resolve("new"), "a");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(ask(memory, file)).isEqualTo(Digest.of("a"));
        Files.writeString(file, "b");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(ask(memory, file)).isEqualTo(Digest.of("b"));
    }

    @Test
    void passesOverAMemoryOfAnotherForm() throws IOException {
        Path memory = Files.writeString(folder.resolve("digests"), "something else");
        Path file = Files.writeString(folder.resolve("new"), "a");
        assertThat(ask(memory, file)).isEqualTo(Digest.of("a"));
        assertThat(Files.readString(memory)).startsWith("rosbalena-file-digests 1\n");
    }

    private static Digest ask(Path memory, Path file) throws IOException {
        try (RememberedFileDigests digests = RememberedFileDigests.open(memory)) {
            return digests.of(file);
        }
    }
}
