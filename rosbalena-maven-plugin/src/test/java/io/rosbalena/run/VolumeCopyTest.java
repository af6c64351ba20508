package io.rosbalena.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeCopyTest {
    @TempDir
    Path folder;

    private Path volume;
    private Path first;
    private Path second;
    private VolumeCopy ofFirst;
    private VolumeCopy ofSecond;

    @BeforeEach
    void makeAVolume() throws Exception {
        volume = Files.createDirectory(folder.resolve("ein Band"));
        first = Files.createDirectory(folder.resolve("first"));
        second = Files.createDirectory(folder.resolve("second"));
        Files.createDirectories(volume.resolve("bags/old"));
        Files.writeString(volume.resolve("bags/old/1"), "one");
        Files.writeString(volume.resolve("map"), "map");
        ofFirst = new VolumeCopy(volume, first);
        ofSecond = new VolumeCopy(volume, second);
        ofFirst.bringIn();
        ofSecond.bringIn();
    }

    @Test
    void bothCopiesBeginWithTheVolumesFiles() {
        assertThat(first.resolve("bags/old/1")).hasContent("one");
        assertThat(second.resolve("map")).hasContent("map");
    }

    @Test
    void changesOfBothComeBack() throws Exception {
        Files.createDirectory(first.resolve("bags/first"));
        Files.writeString(first.resolve("bags/first/1"), "1");
        Files.writeString(first.resolve("map"), "new");
        Files.createSymbolicLink(second.resolve("link"), Path.of("map"));
        Files.delete(second.resolve("bags/old/1"));
        ofFirst.bringBack();
        ofSecond.bringBack();
        assertThat(volume.resolve("bags/first/1")).hasContent("1");
        assertThat(volume.resolve("map")).hasContent("new");
        assertThat(Files.readSymbolicLink(volume.resolve("link"))).hasToString("map");
        assertThat(volume.resolve("bags/old")).isEmptyDirectory();
    }

    @Test
    void aFolderThatOneRemovedStaysIfTheOtherHasPutAFileThere() throws Exception {
        Files.writeString(first.resolve("bags/old/2"), "two");
        Files.delete(second.resolve("bags/old/1"));
        Files.delete(second.resolve("bags/old"));
        ofFirst.bringBack();
        ofSecond.bringBack();
        assertThat(volume.resolve("bags/old")).isDirectoryContaining("glob:**/2");
        assertThat(volume.resolve("bags/old/1")).doesNotExist();
    }

    @Test
    void aFolderThatOneRemovedIsMadeAgainForTheOthersFile() throws Exception {
        Files.setPosixFilePermissions(first.resolve("bags/old"), PosixFilePermissions.fromString("rwx------"));
        Files.writeString(first.resolve("bags/old/1"), "changed");
        Files.delete(second.resolve("bags/old/1"));
        Files.delete(second.resolve("bags/old"));
        ofSecond.bringBack();
        ofFirst.bringBack();
        assertThat(volume.resolve("bags/old/1")).hasContent("changed");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(volume.resolve("bags/old"))))
                .isEqualTo("rwx------");
    }

    @Test
    void whatOneHasWrittenAnewTheOtherDoesNotRemove() throws Exception {
        Files.writeString(first.resolve("map"), "a larger map");
        Files.delete(second.resolve("map"));
        ofFirst.bringBack();
        ofSecond.bringBack();
        assertThat(volume.resolve("map")).hasContent("a larger map");
    }

    @Test
    void aFileAndAFolderTakeEachOthersPlace() throws Exception {
        Files.delete(first.resolve("map"));
        Files.createDirectory(first.resolve("map"));
        Files.writeString(first.resolve("map/part"), "");
        Files.delete(first.resolve("bags/old/1"));
        Files.delete(first.resolve("bags/old"));
        Files.writeString(first.resolve("bags/old"), "a file");
        ofFirst.bringBack();
        assertThat(volume.resolve("map/part")).exists();
        assertThat(volume.resolve("bags/old")).hasContent("a file");
    }

    @Test
    void aLinkInTheVolumeLeadsNobodyToThisMachinesFiles() throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside/old"));
        Path kept = Files.copy(volume.resolve("bags/old/1"), outside.resolve("1"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.delete(first.resolve("bags/old/1"));
        Files.delete(first.resolve("bags/old"));
        Files.delete(first.resolve("bags"));
        Files.createSymbolicLink(first.resolve("bags"), folder.resolve("outside"));
        ofFirst.bringBack();
        assertThat(volume.resolve("bags")).isSymbolicLink();
        Files.delete(second.resolve("bags/old/1"));
        Files.writeString(second.resolve("bags/new"), "");
        ofSecond.bringBack();
        assertThat(kept).exists();
        assertThat(folder.resolve("outside/new")).doesNotExist();
        assertThat(volume.resolve("bags/new")).exists();
    }

    @Test
    void anEmptyOrMissingVolumeBeginsWithTheImagesFiles() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        new VolumeCopy(empty, first).bringIn();
        assertThat(empty.resolve("bags/old/1")).hasContent("one");
        Path fresh = folder.resolve("fresh");
        new VolumeCopy(fresh, first).bringIn();
        assertThat(fresh.resolve("bags/old/1")).hasContent("one");
        Files.delete(second.resolve("map"));
        new VolumeCopy(fresh, second).bringIn();
        assertThat(second.resolve("map")).exists();
    }

    @Test
    void nothingDoneLeavesTheVolumeAsTheOthersMadeIt() throws IOException {
        Files.delete(volume.resolve("map"));
        Files.writeString(volume.resolve("bags/old/1"), "newer");
        ofFirst.bringBack();
        assertThat(volume.resolve("map")).doesNotExist();
        assertThat(volume.resolve("bags/old/1")).hasContent("newer");
    }
}
