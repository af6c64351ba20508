package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.store.DirectoryRemoval;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class MemoryDiskTest {
    private static Path folder() throws IOException {
        Optional<Path> folder = MemoryDisk.folder(1);
        Assumptions.assumeTrue(folder.isPresent(), "skipped: there is no disk in memory that programs may start from");
        return folder.get();
    }

    @Test
    void foldersAreNewAndForTheirUserAlone() throws IOException {
        Path one = folder();
        Path other = folder();

        assertThat(other).isNotEqualTo(one).isEmptyDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other.getParent())))
                .isEqualTo("rwx------");
        DirectoryRemoval.remove(one);
        DirectoryRemoval.remove(other);
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAndWhatIsInUseStays() throws IOException {
        Path mine = folder();
        Path abandoned = Files.createTempDirectory(Path.of("/dev/shm"), "rosbalena-");
        Files.createFile(abandoned.resolve("lock"));
        Files.createDirectories(abandoned.resolve("sources-1/src"));
        Path used = Files.createTempDirectory(Path.of("/dev/shm"), "rosbalena-");
        try (FileChannel channel =
                        FileChannel.open(used.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();

            DirectoryRemoval.remove(folder());

            assertThat(abandoned).doesNotExist();
            assertThat(used).isDirectory();
            assertThat(mine).isDirectory();
        }
        DirectoryRemoval.remove(used);
        DirectoryRemoval.remove(mine);
    }

    @Test
    void whatDoesNotFitIsNotBegun() throws IOException {
        assertThat(MemoryDisk.folder(1L << 60)).isEmpty();
    }
}
