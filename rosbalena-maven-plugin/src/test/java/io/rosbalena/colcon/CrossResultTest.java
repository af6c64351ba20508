package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at once a package was compiled for another machine. */
class CrossResultTest {
    /** {@code e_machine} at 18, elf(5). */
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, (byte) 183, 0};

    private final Findings findings = new Findings();

    @TempDir
    private Path folder;

    private Path install;

    @BeforeEach
    void makeAFolder() throws IOException {
        install = Files.createDirectories(folder.resolve("walker"));
    }

    private void finish() throws IOException {
        new CrossResult(
                        new CrossCompile(GnuMachine.of("arm64").orElseThrow(), folder),
                        SourcePackage.cmake("walker").build())
                .finish(install, findings);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(install.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    @Test
    void noTextFileNamesTheSysroot() throws IOException {
        Path export = file(
                "walkerExport.cmake",
                "set(_lib \"/ros2_ws/sysroot/usr/lib/aarch64-linux-gnu/libpython3.10.so\")\n"
                        + "set(_sysroot \"/ros2_ws/sysroot\") # caf\u00e9\n");
        Files.setPosixFilePermissions(export, PosixFilePermissions.fromString("r-xr-xr-x"));

        finish();

        assertThat(Files.readString(export, StandardCharsets.ISO_8859_1))
                .isEqualTo("set(_lib \"/usr/lib/aarch64-linux-gnu/libpython3.10.so\")\n"
                        + "set(_sysroot \"/\") # caf\u00e9\n");
        assertThat(Files.getPosixFilePermissions(export)).isEqualTo(PosixFilePermissions.fromString("r-xr-xr-x"));
        assertThat(install).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void otherFilesAndLinksStayAsTheyAre() throws IOException {
        Path data = file("data.bin", "\0/ros2_ws/sysroot/usr");
        Path outside = Files.writeString(folder.resolve("outside"), "/ros2_ws/sysroot/usr");
        Files.createSymbolicLink(install.resolve("link"), outside);

        finish();

        assertThat(data).hasContent("\0/ros2_ws/sysroot/usr");
        assertThat(outside).hasContent("/ros2_ws/sysroot/usr");
        assertThat(findings.all()).isEmpty();
    }

    @Test
    void machineCodeOfThisMachineIsAnError() throws IOException {
        byte[] bytes = java.util.Arrays.copyOf(ELF, 64);
        Files.write(install.resolve("foreign"), bytes);
        finish();
        assertThat(findings.all()).isEmpty();

        bytes[18] = 62;
        Files.write(install.resolve("own"), bytes);
        finish();
        assertThat(findings.all()).extracting(Finding::id).containsExactly("RB490");
        assertThat(findings.all().get(0).message()).contains("own", "arm64").doesNotContain("foreign");
        assertThat(findings.all().get(0).packageName()).contains("walker");
    }

    @Test
    void theRobotsOwnLibcIsCompiledAgainst() {
        assertThat(CrossCompile.withoutLibc(
                        GnuMachine.of("arm64").orElseThrow(),
                        java.util.Set.of(
                                "g++-aarch64-linux-gnu",
                                "libc6-dev-arm64-cross",
                                "libc6-arm64-cross",
                                "linux-libc-dev-arm64-cross",
                                "libstdc++-12-dev-arm64-cross")))
                .containsExactly("g++-aarch64-linux-gnu", "libstdc++-12-dev-arm64-cross");
    }
}
