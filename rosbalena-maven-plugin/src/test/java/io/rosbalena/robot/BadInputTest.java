package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.RealTool;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.FindingException.Kind;
import io.rosbalena.finding.Severity;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input to whole goals: all of it is told at once, with its place and what to do, and nothing is written. */
class BadInputTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void makeARobot() throws IOException {
        robot = SmallRobot.in(folder);
    }

    private List<Finding> refuses(Kind kind, String... ids) {
        FindingException e = catchThrowableOfType(FindingException.class, robot::build);
        assertThat(e).isNotNull();
        List<Finding> errors = e.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
        assertThat(errors).as(e.getMessage()).extracting(Finding::id).containsExactly(ids);
        assertThat(e.kind()).isEqualTo(kind);
        assertThat(errors).allMatch(finding -> finding.fix().isPresent());
        assertThat(robot.file("rosbalena.lock")).doesNotExist();
        assertThat(robot.file("target")).doesNotExist();
        return errors;
    }

    @Test
    void aWrongSignature() throws IOException {
        robot.archive().key("bad", "1y").sign("bad");
        Finding finding = refuses(Kind.INPUT, "RB210").get(0);
        assertThat(finding.print()).startsWith("robot.sources:1: ").contains("does not trust", "Signed-By");
    }

    @Test
    void anIndexThatIsOlderThanTheUserAllows() throws Exception {
        robot.maxIndexAge(Duration.ofDays(7)).later(Duration.ofDays(10)).origin("ROS");
        Finding finding = refuses(Kind.INPUT, "RB223").get(0);
        assertThat(finding.print()).startsWith("robot.sources:1: ").contains("<maxIndexAge>");

        robot.origin("Debian").build();
        assertThat(robot.file("rosbalena.lock")).exists();
    }

    @Test
    void aKeyThatHasExpired() {
        robot.later(Duration.ofDays(400));
        Finding finding = refuses(Kind.INPUT, "RB208").get(0);
        assertThat(finding.print()).startsWith("robot.sources:1: ").contains("expired");
    }

    @Test
    void anIndexThatIsNotTheOneThatWasSigned() throws IOException {
        for (String name : List.of("Packages", "Packages.gz", "Packages.xz")) {
            robot.archive().append("main/binary-amd64/" + name, "x");
        }
        refuses(Kind.ENVIRONMENT, "RB215");
    }

    @Test
    void aPackageThatIsNotTheOneInTheIndex() throws IOException {
        for (String name : List.of("hello", "libhello1")) {
            Path deb = robot.archive().root().resolve("pool/" + name + "_1.0-1_amd64.deb");
            byte[] bytes = Files.readAllBytes(deb);
            bytes[bytes.length - 1] ^= 1;
            Files.write(deb, bytes);
        }
        refuses(Kind.ENVIRONMENT, "RB252", "RB252");
    }

    @Test
    void aMirrorThatDoesNotAnswer() throws IOException {
        robot.write(
                "robot.sources",
                "Types: deb\nURIs: http://127.0.0.1:9/debian\nSuites: test\nComponents: main\nSigned-By: good.gpg\n");
        Finding finding = refuses(Kind.ENVIRONMENT, "RB503").get(0);
        assertThat(finding.print()).startsWith("robot.sources:1: ").contains("127.0.0.1:9");
    }

    @Test
    void packagesThatCannotBeInstalled() throws IOException {
        robot.archive()
                .deb("one", "1", "amd64", "Depends: nowhere-to-be-found")
                .deb("two", "1", "amd64", "Depends: libhello1 (>= 2)");
        robot.publish().write("docker-compose.yml", """
                services:
                  talker:
                    command: [x]
                    x-rosbalena:
                      apt: [one]
                  listener:
                    command: [x]
                    x-rosbalena:
                      apt: [two]
                  other:
                    command: [x]
                    x-rosbalena:
                      apt: [no-such-package]
                """);
        List<Finding> findings = refuses(Kind.INPUT, "RB231", "RB231", "RB230");
        assertThat(findings.get(0).print())
                .startsWith("docker-compose.yml:5:")
                .contains("service talker: ", "nowhere-to-be-found");
        assertThat(findings.get(1).print())
                .startsWith("docker-compose.yml:9:")
                .contains("service listener: ", "libhello1 (>= 2)");
        assertThat(findings.get(2).print())
                .startsWith("docker-compose.yml:13:")
                .contains("service other: ", "no-such-package");
    }

    @Test
    void keysThatNoDatabaseKnows() throws IOException {
        robot.write("base.yaml", "numpy: {debian: [python3-numpy]}\n")
                .write(
                        "index.yaml",
                        "distributions: {humble: {distribution: [humble.yaml], distribution_type: ros2, python_version: 3}}\n"
                                + "type: index\nversion: 4\n")
                .write(
                        "humble.yaml",
                        "release_platforms: {debian: [bookworm]}\nrepositories: {}\ntype: distribution\nversion: 2\n")
                .write("src/a/package.xml", manifest("a", "<depend>no_such_key</depend>"))
                .write("src/b/package.xml", manifest("b", "<depend>nor_this</depend>"))
                .write("docker-compose.yml", "services:\n  talker:\n    build: src\n    command: [x]\n");
        List<Finding> findings = refuses(Kind.INPUT, "RB051", "RB051");
        assertThat(findings.get(0).print()).startsWith("src/a/package.xml:10");
        assertThat(findings.get(1).print()).startsWith("src/b/package.xml:10");
    }

    /** The distribution lists them, and a database, but nobody has built them: nothing is fetched before that is told. */
    @Test
    void packagesOfKeysThatNoArchiveHas() throws IOException {
        robot.archive().deb("ros-humble-there", "1", "amd64");
        robot.withBuildTools()
                .write("base.yaml", "numpy: {debian: [python3-numpy]}\nhello: {debian: [hello]}\n")
                .write(
                        "index.yaml",
                        "distributions: {humble: {distribution: [humble.yaml], distribution_type: ros2, python_version: 3}}\n"
                                + "type: index\nversion: 4\n")
                .write("humble.yaml", """
                        release_platforms: {debian: [bookworm]}
                        repositories:
                          bridge:
                            release: {packages: [ros1_bridge, there], url: x}
                        type: distribution
                        version: 2
                        """)
                .write("src/a/package.xml", manifest("a", "<depend>ros1_bridge</depend><depend>hello</depend>"))
                .write(
                        "src/b/package.xml",
                        manifest("b", "<depend>there</depend>\n<depend>ros1_bridge</depend><depend>numpy</depend>"))
                .write("docker-compose.yml", "services:\n  talker:\n    build: src\n    command: [x]\n");
        List<Finding> findings = refuses(Kind.INPUT, "RB060", "RB060");
        assertThat(findings.get(0).print())
                .isEqualTo(
                        "src/a/package.xml:10: error RB060 the rosdep key \"ros1_bridge\" stands for ros-humble-ros1-bridge (humble.yaml:4),"
                                + " which no archive has for amd64; also wanted by b (src/b/package.xml:11)\n"
                                + "    humble lists the package, but its archive does not have it (yet, or no more):"
                                + " name the archive and the <rosdistroTag> of one day, put the sources of ros1_bridge"
                                + " into the workspace, or leave the key out with <skipKeys>ros1_bridge</skipKeys>");
        assertThat(findings.get(1).print())
                .startsWith("src/b/package.xml:11: error RB060")
                .contains("\"numpy\" stands for python3-numpy (base.yaml:1)", "<aptSources>", "<skipKeys>numpy");
        for (String deb : List.of("hello_1.0-1", "libhello1_1.0-1", "ros-humble-there_1")) {
            Digest digest = Digest.of(robot.archive().root().resolve("pool/" + deb + "_amd64.deb"));
            assertThat(robot.storeFolder().resolve("blobs/sha256/" + digest.hex()))
                    .doesNotExist();
        }
    }

    private static String manifest(String name, String more) {
        return """
                <?xml version="1.0"?>
                <package format="3">
                  <name>%s</name>
                  <version>1.0.0</version>
                  <description>x</description>
                  <maintainer email="a@example.org">A</maintainer>
                  <license>MIT</license>
                  <export><build_type>ament_cmake</build_type></export>

                  %s
                </package>
                """.formatted(name, more);
    }

    @Test
    void aPackageWhoseFilesLeaveTheRoot() throws IOException {
        RealTool.require("ar", "tar");
        Path deb = robot.archive().root().resolve("pool/hello_1.0-1_amd64.deb");
        Path work = Files.createDirectory(folder.resolve("work"));
        Files.writeString(folder.resolve("passwd"), "x");
        RealTool.run(work, "tar", "-P", "-cJf", "data.tar.xz", "../passwd");
        RealTool.run(work, "ar", "rD", deb.toString(), "data.tar.xz");
        robot.publish();
        Finding finding = refuses(Kind.INPUT, "RB240").get(0);
        assertThat(finding.print()).contains("hello", "the name \"../passwd\" leaves the root");
    }

    @Test
    void aPackageWithALinkThatLeavesTheRoot() throws IOException {
        RealTool.require("ar", "tar");
        Path deb = robot.archive().root().resolve("pool/hello_1.0-1_amd64.deb");
        Path work = Files.createDirectories(folder.resolve("work/usr/lib"))
                .getParent()
                .getParent();
        Files.createSymbolicLink(work.resolve("usr/lib/out"), Path.of("../../../etc"));
        Path inside = Files.createDirectories(work.resolve("second/usr/lib/out"));
        Files.writeString(inside.resolve("passwd"), "x");
        RealTool.run(work, "tar", "-cJf", "data.tar.xz", "./usr/lib/out", "-C", "second", "./usr/lib/out/passwd");
        RealTool.run(work, "ar", "rD", deb.toString(), "data.tar.xz");
        robot.publish();
        Finding finding = refuses(Kind.INPUT, "RB240").get(0);
        assertThat(finding.print()).contains("hello", "the link /usr/lib/out leaves the root: \"../../../etc\"");
        assertThat(folder.resolve("etc")).doesNotExist();
    }

    @Test
    void aliasesByTheMillion() throws IOException {
        StringBuilder bomb = new StringBuilder("x-a: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("x-").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(10)).append("x]\n");
        }
        robot.write("docker-compose.yml", bomb + "services: {talker: {build: src, labels: {x: *a8}}}\n");
        assertThat(refuses(Kind.INPUT, "RB100").get(0).print()).startsWith("docker-compose.yml:");
    }
}
