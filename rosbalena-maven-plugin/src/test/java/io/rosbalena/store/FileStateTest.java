package io.rosbalena.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStateTest {
    @TempDir
    private Path folder;

    @Test
    void aFileThatTakesTheNameAndTimesOfAnotherShows() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "1");
        FileState before = FileState.of(file).orElseThrow();
        FileTime time = Files.getLastModifiedTime(file);
        Path other = Files.writeString(folder.resolve("b"), "2");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(FileState.of(file)).isPresent().get().isNotEqualTo(before);
    }

    @Test
    void aFileIsSettledSomeTimeAfterItsLastChange() throws IOException {
        FileState state =
                FileState.of(Files.writeString(folder.resolve("a"), "1")).orElseThrow();

        assertThat(state.isSettled(Instant.now())).isFalse();
        assertThat(state.isSettled(Instant.now().plusSeconds(4))).isTrue();
    }
}
