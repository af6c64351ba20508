package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.lock.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pins in a base image decide which versions a robot gets on it. */
class PreferredVersionsTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void offerTwoVersions() throws Exception {
        RealTool.require("umoci", "tar");
        robot = SmallRobot.in(folder);
        robot.archive()
                .deb("hello", "2.0-1", "amd64", "Depends: libhello1 (>= 2)")
                .deb("libhello1", "2.0-1", "amd64");
        robot.publish();
    }

    private SmallRobot on(String preferences) throws IOException {
        Path files = folder.resolve("files");
        write(files.resolve("etc/os-release"), "ID=debian\nVERSION_CODENAME=bookworm\nVERSION_ID=\"12\"\n");
        write(
                files.resolve("var/lib/dpkg/status"),
                "Package: base-files\nStatus: install ok installed\nMaintainer: N <n@example.org>\nArchitecture: amd64\n"
                        + "Version: 12\nEssential: yes\nDescription: base\n\n");
        write(files.resolve("etc/apt/preferences.d/robot"), preferences);
        String layout = folder.resolve("layout").toString();
        RealTool.run(folder, "umoci", "init", "--layout", layout);
        RealTool.run(folder, "umoci", "new", "--image", layout + ":base");
        RealTool.run(
                folder, "umoci", "config", "--image", layout + ":base", "--architecture", "amd64", "--os", "linux");
        RealTool.run(files, "tar", "--owner=0", "--group=0", "-cf", "../layer.tar", "etc", "var");
        RealTool.run(folder, "umoci", "raw", "add-layer", "--image", layout + ":base", "layer.tar");
        return robot.from("oci:" + layout + "#base");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String version(String name) throws IOException {
        return LockFile.read(robot.file("rosbalena.lock"), "rosbalena.lock")
                .orElseThrow()
                .lock()
                .platforms()
                .get("linux/amd64")
                .find(name)
                .orElseThrow()
                .version();
    }

    @Test
    void withoutPinsTheNewest() throws Exception {
        on("# nothing\n").lock();

        assertThat(version("hello")).isEqualTo("2.0-1");
    }

    @Test
    void withThemWhatTheySay() throws Exception {
        on("Package: /^(lib)?hello/\nPin: version 1.*\nPin-Priority: 990\n\nPackage: x\nPin: moon full\nPin-Priority: 1\n")
                .lock();

        assertThat(version("hello")).isEqualTo("1.0-1");
        assertThat(version("libhello1")).isEqualTo("1.0-1");
        assertThat(robot.said()).anyMatch(line -> line.startsWith("/etc/apt/preferences.d/robot:6: warning RB310"));
    }

    @Test
    void whatIsNeverWantedIsNotChosen() throws Exception {
        on("Package: hello\nPin: version 2.0-1\nPin-Priority: -1\n").lock();

        assertThat(version("hello")).isEqualTo("1.0-1");
        assertThat(version("libhello1")).isEqualTo("2.0-1");
    }
}
