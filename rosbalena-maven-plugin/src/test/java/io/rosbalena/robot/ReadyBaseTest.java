package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.finding.FindingException;
import io.rosbalena.lock.LockFile;
import io.rosbalena.lock.LockedPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole goals on a base image whose packages are older than what its archive has now. */
class ReadyBaseTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;
    private BaseOnDisk base;

    @BeforeEach
    void makeABase() throws IOException {
        robot = SmallRobot.in(folder);
        robot.archive()
                .debWith(
                        Map.of(
                                "usr/lib/hello/gone", "old",
                                "usr/lib/hello/kept", "old",
                                "var/lib/hello/secret/gone", "old",
                                "var/lib/hello/there", "old",
                                "etc/hello/hello.conf", "old",
                                "DEBIAN/conffiles", "/etc/hello/hello.conf\n"),
                        "libhello1",
                        "0.9",
                        "amd64")
                .debWith(
                        Map.of(
                                "usr/lib/hello/kept", "new",
                                "usr/lib/hello/added", "new",
                                "var/lib/hello/there", "new",
                                "etc/hello/hello.conf", "new",
                                "DEBIAN/conffiles", "/etc/hello/hello.conf\n"),
                        "libhello1",
                        "1.1",
                        "amd64")
                .debWith(Map.of("usr/share/other/old", "old"), "other", "1", "amd64")
                .debWith(Map.of("usr/share/other/new", "new"), "other", "2", "amd64", "Depends: more")
                .deb("more", "1", "amd64")
                .deb("stays", "1", "amd64", "Depends: missing (= 1) | stays-data (= 1)")
                .deb("stays", "2", "amd64", "Depends: nowhere");
        robot.publish();
        base = BaseOnDisk.of(robot).install("base-files_12", "apt_2.6", "libhello1_0.9", "other_1");
    }

    private List<String> locked() throws IOException {
        return LockFile.read(robot.file("rosbalena.lock"), "rosbalena.lock")
                .orElseThrow()
                .lock()
                .platforms()
                .get("linux/amd64")
                .packages()
                .stream()
                .map(one -> one.name() + " " + one.version() + (one.auto() ? " auto" : ""))
                .toList();
    }

    @Test
    void onlyWhatADependencyNeedsIsUpgraded() throws Exception {
        Files.setPosixFilePermissions(
                base.root().resolve("var/lib/hello"), PosixFilePermissions.fromString("rwxr-x---"));
        base.pack().build();
        assertThat(locked()).containsExactly("hello 1.0-1", "libhello1 1.1 auto");

        Path root = base.unpack("talker");
        assertThat(root.resolve("usr/lib/hello/gone")).doesNotExist();
        assertThat(root.resolve("var/lib/hello/secret")).doesNotExist();
        assertThat(root.resolve("usr/lib/hello/kept")).hasContent("new");
        assertThat(root.resolve("etc/hello/hello.conf")).hasContent("new");
        assertThat(root.resolve("usr/share/other/old")).hasContent("old");
        assertThat(BaseOnDisk.mode(root.resolve("var/lib/hello"))).isEqualTo("rwxr-x---");
        assertThat(base.run("dpkg", "--root=" + root, "--audit")).isEmpty();
        assertThat(base.run("dpkg", "--root=" + root, "--verify")).isEmpty();

        base.install("libhello1_1.1", "hello_1.0-1");
        for (String file : List.of("status", "info/libhello1.list", "info/libhello1.md5sums", "info/hello.list")) {
            assertThat(root.resolve("var/lib/dpkg").resolve(file))
                    .hasSameTextualContentAs(base.root().resolve("var/lib/dpkg").resolve(file));
        }
    }

    @Test
    void everythingIsUpgradedWhereTheUserWantsIt() throws Exception {
        base.pack().upgradeBase("true").build();
        assertThat(locked()).containsExactly("hello 1.0-1", "libhello1 1.1 auto", "more 1 auto", "other 2 auto");
        Path root = base.unpack("talker");
        assertThat(root.resolve("usr/share/other/old")).doesNotExist();
        assertThat(base.run("dpkg", "--root=" + root, "--audit")).isEmpty();
        assertThat(base.run("dpkg", "--root=" + root, "--verify")).isEmpty();

        robot.lock();
        assertThat(locked()).hasSize(4);
        robot.upgradeBase("false").build();
        assertThat(locked()).containsExactly("hello 1.0-1", "libhello1 1.1 auto");
    }

    @Test
    void namesSayWhatIsUpgraded() throws Exception {
        base.pack().upgradeBase("other").lock();
        assertThat(locked()).contains("other 2 auto", "more 1 auto");
        FindingException refused = catchThrowableOfType(
                FindingException.class, () -> robot.upgradeBase("othr").lock());
        assertThat(refused.findings().get(0).print()).contains("RB267", "othr");
    }

    @Test
    void whatDoesNotGoStaysAndIsTold() throws Exception {
        base.install("stays_1").pack().upgradeBase("true").lock();
        assertThat(locked()).doesNotContain("stays 2 auto").contains("other 2 auto");
        assertThat(robot.said()).anyMatch(line -> line.contains("RB269") && line.contains("stays stays at 1"));
        FindingException refused = catchThrowableOfType(
                FindingException.class, () -> robot.upgradeBase("stays").lock());
        assertThat(refused.findings().get(0).print()).contains("RB231", "cannot install stays", "nowhere");
    }

    @Test
    void whatIsOnHoldStays() throws Exception {
        Path status = base.root().resolve("var/lib/dpkg/status");
        Files.writeString(
                status,
                Files.readString(status).replace("Package: other\nStatus: install", "Package: other\nStatus: hold"));
        base.pack().upgradeBase("true").lock();
        assertThat(locked()).doesNotContain("other 2 auto");

        robot.upgradeBase("other").lock();
        assertThat(locked()).contains("other 2 auto");

        robot.upgradeBase("false").write("docker-compose.yml", """
                services:
                  talker:
                    command: [hello]
                    x-rosbalena:
                      apt: [hello, other=2]
                """);
        FindingException refused = catchThrowableOfType(FindingException.class, () -> robot.lock());
        assertThat(refused.findings().get(0).print()).contains("RB268", "other is on hold");
    }

    @Test
    void aBaseWithoutSourcesGetsTheStanzaToAdd() throws Exception {
        Files.delete(base.root().resolve("etc/apt/sources.list.d/test.sources"));
        FindingException refused =
                catchThrowableOfType(FindingException.class, () -> base.pack().lock());
        assertThat(refused.findings().get(0).print())
                .contains(
                        "RB724", "<aptSource>\n", "Types: deb\n", "Suites: bookworm bookworm-updates\n", "Signed-By: ");
    }

    @Test
    void anExpiredKeyOfTheBaseGetsTheStanzaThatReplacesItsSource() throws Exception {
        base.pack().later(Duration.ofDays(800));
        FindingException refused = catchThrowableOfType(FindingException.class, () -> robot.lock());
        assertThat(refused.findings().get(0).print())
                .startsWith("/etc/apt/sources.list.d/test.sources:1: ")
                .contains("RB208", "URIs: " + robot.archive().uri(), "Suites: test\n", "Components: main\n")
                .contains("Signed-By: keyrings/new-key.gpg");

        robot.archive()
                .key("young", "10y")
                .release(Map.of("Origin", "Debian", "Codename", "bookworm"))
                .sign("young");
        robot.archive().export(robot.file("young.gpg"), "young");
        robot.later(Duration.ZERO)
                .write(
                        "robot.sources",
                        "Types: deb\nURIs: " + robot.archive().uri()
                                + "\nSuites: test\nComponents: main\nSigned-By: young.gpg\n")
                .aptSources("robot.sources")
                .lock();
        assertThat(locked()).contains("hello 1.0-1");
        LockedPackage first = LockFile.read(robot.file("rosbalena.lock"), "rosbalena.lock")
                .orElseThrow()
                .lock()
                .platforms()
                .get("linux/amd64")
                .packages()
                .get(0);
        assertThat(first.archive()).contains("Debian");
    }
}
