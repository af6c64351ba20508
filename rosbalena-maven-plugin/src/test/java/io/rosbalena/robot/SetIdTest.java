package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.RealTool;
import io.rosbalena.apt.ArchiveOnDisk;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that run with their owner's rights, and whose packages may bring them. */
class SetIdTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;
    private Path tree;

    @BeforeEach
    void aPackageWithAProgramOfRoot() throws Exception {
        robot = SmallRobot.in(folder);
        tree = folder.resolve("tree");
        Files.createDirectories(tree.resolve("DEBIAN"));
        Files.createDirectories(tree.resolve("usr/bin"));
        Files.writeString(tree.resolve("DEBIAN/control"), """
                Package: becomes-root
                Version: 1
                Architecture: all
                Maintainer: A Person <person@example.org>
                Description: a package
                """);
        Files.writeString(tree.resolve("usr/bin/become"), "x");
        RealTool.run(tree, "chmod", "4755", "usr/bin/become");
        robot.write("docker-compose.yml", """
                services:
                  talker:
                    command: [hello]
                    x-rosbalena:
                      apt: [becomes-root]
                """);
    }

    private void putInto(ArchiveOnDisk archive) throws IOException {
        String pool = archive.root().resolve("pool").toString();
        RealTool.run(tree, "dpkg-deb", "--root-owner-group", "-b", ".", pool);
    }

    @Test
    void thoseOfTheDistributionMay() throws Exception {
        putInto(robot.archive());
        robot.publish().build();

        assertThat(robot.packages("talker")).contains("becomes-root");
    }

    @Test
    void thoseOfOthersMayWhereTheUserSaysSo() throws Exception {
        ArchiveOnDisk other = ArchiveOnDisk.in(Files.createDirectory(folder.resolve("other")));
        putInto(other);
        other.key("other", "1y")
                .index()
                .release(Map.of("Origin", "Somebody", "Label", "Somebody", "Codename", "bookworm"))
                .sign("other")
                .export(robot.file("other.gpg"), "other");
        robot.write(
                "robot.sources",
                Files.readString(robot.file("robot.sources")) + "\nTypes: deb\nURIs: " + other.uri()
                        + "\nSuites: test\nComponents: main\nSigned-By: other.gpg\n");
        FindingException e = catchThrowableOfType(FindingException.class, robot::build);

        assertThat(e)
                .hasMessageContaining("RB247 becomes-root 1 is not of the distribution")
                .hasMessageContaining("/usr/bin/become")
                .hasMessageContaining("<allowSetId>");
        assertThat(robot.file("rosbalena.lock")).doesNotExist();
        robot.allowSetId("becomes-root").build();
        assertThat(robot.packages("talker")).contains("becomes-root");
    }
}
