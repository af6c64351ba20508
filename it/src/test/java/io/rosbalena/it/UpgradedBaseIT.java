package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A Debian image whose packages are all brought to the versions of today, as apt itself would have done it in there. */
class UpgradedBaseIT {
    /** What apt, debconf and the tools that scripts run write for themselves; and what this test puts there. */
    private static final String OF_TOOLS = "var/(cache|log)/.*|var/lib/(apt|systemd|ucf|dpkg/.*-old)(/.*)?"
            + "|var/lib/dpkg/(lock.*|triggers/Lock|available|updates.*)|.*\\.pyc|.*__pycache__"
            + "|etc/(resolv\\.conf|hosts|.*-)|ros2_ws|tmp/.*|run/.*|dev/.*|proc/.*|sys/.*";

    @Test
    void everyPackageIsAsAptWouldHaveLeftIt() throws IOException, InterruptedException {
        Program.requireRoot("installs packages in a root");
        Path folder = Projects.folder("upgraded base");
        ImageFolder base = DebianBase.make(folder);
        Path robot = Projects.courier("on upgraded base");
        Projects.replace(
                robot.resolve("pom.xml"),
                "<from>apt</from>",
                "<from>oci:" + base.folder() + "#" + DebianBase.NAME + "</from><upgradeBase>true</upgradeBase>");
        Files.writeString(robot.resolve("docker-compose.yml"), """
                version: "2.4"
                services:
                  tools:
                    x-rosbalena:
                      apt: [apt-utils, less]
                    command: [less, --version]
                """);
        NestedMaven.in(robot).store(Projects.store("first")).run("package").succeeded();

        Path real = base.unpack(DebianBase.NAME, folder.resolve("real"));
        Path ours = ImageFolder.of(robot).unpack("tools", folder.resolve("ours"));
        SystemCheck.install(real, "apt-utils");
        SystemCheck.install(real, "less");
        Program.of("chroot", real, "apt-get", "-qq", "-y", "--no-install-recommends", "dist-upgrade")
                .environment("DEBIAN_FRONTEND", "noninteractive")
                .environment("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
                .output();

        assertThat(ours.resolve("var/lib/dpkg/status")).hasSameBinaryContentAs(real.resolve("var/lib/dpkg/status"));
        assertThat(texts(ours.resolve("var/lib/dpkg/info"))).isEqualTo(texts(real.resolve("var/lib/dpkg/info")));
        assertThat(SystemCheck.of(ours)).isEqualTo(SystemCheck.of(real));
        assertThat(SystemCheck.in(ours, "apt-mark", "showauto"))
                .isEqualTo(SystemCheck.in(real, "apt-mark", "showauto"));
        assertThat(paths(ours)).isEqualTo(paths(real));
    }

    private static SortedMap<String, String> texts(Path folder) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }

    private static TreeSet<String> paths(Path root) throws IOException {
        TreeSet<String> paths = new TreeSet<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.map(file -> root.relativize(file).toString())
                    .filter(path -> !path.matches(OF_TOOLS))
                    .forEach(paths::add);
        }
        return paths;
    }
}
