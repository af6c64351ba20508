package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.rosbalena.finding.FindingException;
import io.rosbalena.image.Image;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockFile;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.base.Bases;
import io.rosbalena.robot.deb.Mirrors;
import io.rosbalena.robot.deb.SetIdPolicy;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.sbom.ServiceBoms;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.robot.wheel.LockedWheels;
import io.rosbalena.sbom.CycloneDxFile;
import io.rosbalena.store.Digest;
import io.rosbalena.wheel.IndexOnDisk;
import io.rosbalena.wheel.WheelOnDisk;
import io.rosbalena.workspace.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in {@code target/rosbalena/sbom}, as CycloneDX's own library reads it. */
class BillOfMaterialsTest {
    private static final String FORMAT =
            "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nLicense: ";

    private static final String DEB = "pkg:deb/debian/%s?arch=amd64&distro=debian-12";

    @TempDir
    private Path folder;

    /** A robot whose packages say which system they are and which licenses they have. */
    private SmallRobot robot(SmallRobot robot) throws IOException {
        robot.archive()
                .debWith(
                        Map.of("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n"),
                        "base-files",
                        "12.4",
                        "amd64",
                        "Essential: yes",
                        "Priority: required")
                .debWith(
                        Map.of("usr/share/doc/libhello1/copyright", FORMAT + "GPL-2+\n"),
                        "libhello1",
                        "1:1.0-1+b1",
                        "amd64",
                        "Source: hello-src (1:1.0-1)");
        return robot.publish();
    }

    private Path file(SmallRobot robot, String name) {
        return robot.file("target/rosbalena/sbom/" + name);
    }

    private List<String> files(SmallRobot robot) throws IOException {
        try (Stream<Path> found = Files.list(file(robot, ""))) {
            return found.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aBuildListsTheDebianPackagesOfEachService() throws Exception {
        SmallRobot robot = robot(SmallRobot.in(folder));
        robot.build();

        Bom bom = CycloneDxFile.read(Files.readAllBytes(file(robot, "talker.cdx.json")));
        Component image = bom.getMetadata().getComponent();
        assertThat(image.getType()).isEqualTo(Component.Type.CONTAINER);
        assertThat(image.getName()).isEqualTo("small/talker");
        assertThat(Files.readString(robot.file("target/rosbalena/docker-compose.yml")))
                .contains(image.getName() + "@" + image.getVersion());
        assertThat(bom.getComponents())
                .extracting(Component::getName)
                .containsExactly("debian", "apt", "base-files", "hello", "libhello1");
        Component library = CycloneDxFile.component(bom, "libhello1");
        assertThat(library.getPurl())
                .isEqualTo(
                        "pkg:deb/debian/libhello1@1:1.0-1%2Bb1?arch=amd64&distro=debian-12&upstream=hello-src%401:1.0-1");
        assertThat(library.getLicenses().getLicenses())
                .extracting(one -> one.getId() + " " + one.getAcknowledgement().getValue())
                .containsExactly("GPL-2.0-or-later declared");
        assertThat(library.getSupplier().getName()).isEqualTo("Nobody <nobody@example.org>");
        assertThat(library.getHashes().get(0).getValue())
                .isEqualTo(Digest.of(robot.archive().root().resolve("pool/libhello1_1.0-1+b1_amd64.deb"))
                        .hex());
        assertThat(library.getProperties())
                .extracting(Property::getName, Property::getValue)
                .containsExactly(tuple("rosbalena:archive", "Debian bookworm main"));
        Component hello = CycloneDxFile.component(bom, "hello");
        assertThat(hello.getPurl()).isEqualTo(DEB.formatted("hello@1.0-1"));
        assertThat(hello.getLicenses())
                .as("a copyright file that is not for machines")
                .isNull();
        assertThat(CycloneDxFile.needs(bom, image.getBomRef()))
                .contains(hello.getBomRef())
                .doesNotContain(library.getBomRef());
        assertThat(CycloneDxFile.needs(bom, hello.getBomRef())).containsExactly(library.getBomRef());
    }

    @Test
    void theSameComesOutOfTheStoreAndOfAnotherStore() throws Exception {
        SmallRobot robot = robot(SmallRobot.in(folder));
        robot.build();
        byte[] first = Files.readAllBytes(file(robot, "talker.cdx.json"));
        Files.delete(file(robot, "talker.cdx.json"));
        Files.delete(file(robot, ""));
        robot.offline().build();
        assertThat(robot.said()).anyMatch(line -> line.contains("nothing changed"));
        assertThat(Files.readAllBytes(file(robot, "talker.cdx.json"))).isEqualTo(first);

        robot.store(folder.resolve("another store")).build();
        assertThat(robot.said()).noneMatch(line -> line.contains("nothing changed"));
        assertThat(Files.readAllBytes(file(robot, "talker.cdx.json"))).isEqualTo(first);
    }

    /** The base is the image of another build; nobody tells any more where its packages came from. */
    @Test
    void whatABaseHoldsIsListedAsItsDatabaseAndItsFilesSay() throws Exception {
        SmallRobot robot = robot(SmallRobot.in(folder));
        robot.build();
        String manifest = CycloneDxFile.read(Files.readAllBytes(file(robot, "talker.cdx.json")))
                .getMetadata()
                .getComponent()
                .getVersion();
        Path base = folder.resolve("base");
        Files.move(robot.file("target/rosbalena/images"), base);
        robot.archive()
                .deb("hello", "1.1-1", "amd64", "Depends: libhello1 (>= 1)")
                .deb("more", "1", "all", "Depends: hello (>= 1.1)");
        robot.publish()
                .from("oci:" + base + "#talker")
                .write(
                        "docker-compose.yml",
                        "services:\n  talker:\n    command: [hello]\n    x-rosbalena: {apt: [more]}\n")
                .lock();
        robot.build();

        Bom bom = CycloneDxFile.read(Files.readAllBytes(file(robot, "talker.cdx.json")));
        assertThat(bom.getMetadata().getComponent().getProperties())
                .extracting(Property::getName, Property::getValue)
                .containsExactly(tuple("rosbalena:base", manifest));
        assertThat(bom.getComponents())
                .extracting(one -> one.getName() + " " + one.getVersion())
                .containsExactly(
                        "debian 12", "apt 2.6", "base-files 12.4", "hello 1.1-1", "libhello1 1:1.0-1+b1", "more 1");
        Component library = CycloneDxFile.component(bom, "libhello1");
        assertThat(library.getPurl()).endsWith("&distro=debian-12&upstream=hello-src%401:1.0-1");
        assertThat(library.getLicenses().getLicenses().get(0).getId()).isEqualTo("GPL-2.0-or-later");
        assertThat(library.getHashes()).isNull();
        assertThat(library.getProperties()).isNull();
        Component hello = CycloneDxFile.component(bom, "hello");
        assertThat(hello.getHashes()).hasSize(1);
        assertThat(CycloneDxFile.needs(bom, hello.getBomRef())).containsExactly(library.getBomRef());
        assertThat(CycloneDxFile.needs(bom, CycloneDxFile.component(bom, "more").getBomRef()))
                .containsExactly(hello.getBomRef());
    }

    /** Debian policy 12.5: packages of one source may have the documentation of one of them. */
    @Test
    void licensesMayStandInThePackageThatTheDocumentationIsLinkedTo() throws Exception {
        SmallRobot robot = robot(SmallRobot.in(folder));
        robot.archive().linked("hello", "1.0-2", "libhello1", "Depends: libhello1");
        robot.publish().build();
        Bom bom = CycloneDxFile.read(Files.readAllBytes(file(robot, "talker.cdx.json")));
        Component hello = CycloneDxFile.component(bom, "hello");
        assertThat(hello.getVersion()).isEqualTo("1.0-2");
        assertThat(hello.getLicenses().getLicenses().get(0).getId()).isEqualTo("GPL-2.0-or-later");
    }

    @Test
    void aServiceThatIsGoneTakesItsFileWithIt() throws Exception {
        SmallRobot robot = robot(SmallRobot.in(folder));
        String compose = Files.readString(robot.file("docker-compose.yml"));
        robot.write("docker-compose.yml", compose + "  lone:\n    command: [x]\n    x-rosbalena: {apt: [libhello1]}\n")
                .build();
        assertThat(files(robot)).containsExactly("lone.cdx.json", "talker.cdx.json");
        Bom lone = CycloneDxFile.read(Files.readAllBytes(file(robot, "lone.cdx.json")));
        assertThat(lone.getComponents()).extracting(Component::getName).doesNotContain("hello");

        Files.writeString(file(robot, "notes.txt"), "mine");
        robot.write("docker-compose.yml", compose).build();
        assertThat(files(robot)).containsExactly("notes.txt", "talker.cdx.json");
    }

    @Test
    void eachPlatformHasItsOwn() throws Exception {
        SmallRobot robot = robot(SmallRobot.in(folder)).platforms("linux/amd64", "linux/arm64");
        robot.archive()
                .deb("base-files", "12.4", "arm64", "Essential: yes", "Priority: required")
                .debWith(SmallRobot.PROGRAMS, "apt", "2.6", "arm64", "Priority: required")
                .deb("hello", "1.0-1", "arm64");
        robot.publish().build();

        assertThat(files(robot)).containsExactly("talker.arm64.cdx.json", "talker.cdx.json");
        Bom arm = CycloneDxFile.read(Files.readAllBytes(file(robot, "talker.arm64.cdx.json")));
        assertThat(arm.getMetadata().getComponent().getPurl()).endsWith("?arch=arm64");
        assertThat(CycloneDxFile.component(arm, "hello").getPurl())
                .as("no package says which system this is: its archive does")
                .isEqualTo("pkg:deb/debian/hello@1.0-1?arch=arm64&distro=debian");

        robot.write(
                "docker-compose.yml",
                Files.readString(robot.file("docker-compose.yml"))
                        + "  talker.arm64:\n    command: [x]\n    x-rosbalena: {apt: [hello]}\n");
        FindingException e = catchThrowableOfType(FindingException.class, robot::build);
        assertThat(e.getMessage()).contains("RB260", "sbom/talker.arm64.cdx.json", "another name");
    }

    /** The part of a build that writes it; compiling the package is left out. */
    @Test
    void packagesOfTheWorkspaceAndWheelsAreListedWithWhatTheyNeed() throws Exception {
        SmallRobot robot = robot(ListeningRobot.in(folder));
        robot.archive()
                .deb("libc6", "2.36-9+deb12u1", "amd64")
                .deb("python3-minimal", "3.11.2-1+b1", "amd64")
                .deb("python3.11-minimal", "3.11.2-6+deb12u2", "amd64")
                .deb("python3", "3.11.2-1+b1", "amd64", "Depends: libc6, python3-minimal, python3.11-minimal");
        IndexOnDisk index = IndexOnDisk.in(folder.resolve("index"))
                .wheel(WheelOnDisk.of("arm_driver", "1.2", "bus>=2").license("MIT OR Apache-2.0"))
                .wheel(WheelOnDisk.of("bus", "2.1"));
        robot.publish()
                .pipIndexes(index.uri())
                .write("rosdep/overlay.yaml", "arm_pip: {debian: {pip: {packages: [arm-driver]}}}\n")
                .write("src/listener/package.xml", """
                        <package format="3">
                          <name>listener</name><version>0.3.1</version><description>Listens to <b>all</b>.</description>
                          <maintainer email="a@example.org">A</maintainer>
                          <license>Apache License 2.0</license><license>Ours</license>
                          <url type="bugtracker">https://example.org/bugs</url>
                          <url>not a place</url>
                          <exec_depend>rclcpp</exec_depend><exec_depend>arm_pip</exec_depend>
                          <export><build_type>ament_cmake</build_type></export>
                        </package>
                        """)
                .lock();

        Bom bom = CycloneDxFile.read(bomOf(robot, "chat"));
        Component listener = CycloneDxFile.component(bom, "listener");
        assertThat(listener.getPurl()).isEqualTo("pkg:generic/listener@0.3.1");
        assertThat(listener.getDescription()).isEqualTo("Listens to all.");
        assertThat(listener.getLicenses().getLicenses())
                .extracting(one -> one.getId() + " " + one.getName())
                .containsExactly("Apache-2.0 null", "null Ours");
        assertThat(listener.getExternalReferences())
                .extracting(one -> one.getType().getTypeName() + " " + one.getUrl())
                .containsExactly("issue-tracker https://example.org/bugs");
        assertThat(listener.getProperties())
                .extracting(Property::getName, Property::getValue)
                .containsExactly(tuple(
                        "rosbalena:source", new SourceTree(List.of()).digest().toString()));
        Component talker = CycloneDxFile.component(bom, "talker");
        assertThat(CycloneDxFile.needs(bom, talker.getBomRef())).containsExactly(listener.getBomRef());

        Component driver = CycloneDxFile.component(bom, "arm-driver");
        assertThat(driver.getPurl()).isEqualTo("pkg:pypi/arm-driver@1.2");
        assertThat(driver.getLicenses().getExpression().getValue()).isEqualTo("MIT OR Apache-2.0");
        assertThat(driver.getHashes().get(0).getValue())
                .isEqualTo(locked(robot).wheels("chat").get(0).sha256().hex());
        assertThat(CycloneDxFile.needs(bom, driver.getBomRef())).containsExactly("pkg:pypi/bus@2.1");

        Component ros = CycloneDxFile.component(bom, "ros-humble-rclcpp");
        assertThat(ros.getPurl()).isEqualTo(DEB.formatted("ros-humble-rclcpp@16.0.1"));
        assertThat(CycloneDxFile.needs(bom, bom.getMetadata().getComponent().getBomRef()))
                .contains(talker.getBomRef(), driver.getBomRef(), ros.getBomRef())
                .doesNotContain(listener.getBomRef(), "pkg:pypi/bus@2.1");
        assertThat(bom.getComponents()).extracting(Component::getName).doesNotContain("libeigen3-dev");
    }

    private static LockedPlatform locked(SmallRobot robot) throws IOException {
        return lock(robot).platforms().get("linux/amd64");
    }

    private static Lock lock(SmallRobot robot) throws IOException {
        return LockFile.read(robot.file("rosbalena.lock"), "rosbalena.lock")
                .orElseThrow()
                .lock();
    }

    private static byte[] bomOf(SmallRobot small, String service) throws Exception {
        Surroundings surroundings = small.surroundings();
        Robot robot = Robot.read(small.robotProject(), surroundings.store());
        Platform platform = Platform.parse("linux/amd64");
        LockedPlatform locked = locked(small);
        try (SystemState states = new SystemState(robot.unknownScripts(), new SetIdPolicy(Set.of()), surroundings);
                Base base = Bases.locked(robot, locked.base(), platform, surroundings)) {
            Mirrors.ensure(SystemState.inImages(locked), base, surroundings, states::read);
            LockedWheels.ensure(robot.project(), locked, platform, base, states, surroundings);
            Image image = new Image(platform, Digest.of("manifest"), Digest.of("config"), List.of());
            ServiceBoms boms = new ServiceBoms(
                    robot,
                    lock(small),
                    new TreeMap<>(Map.of("listener", new SourceTree(List.of()))),
                    states,
                    surroundings);
            Map<String, Digest> written = boms.write(platform, locked, base, new TreeMap<>(Map.of(service, image)));
            return surroundings.store().bytes(written.get(service));
        }
    }
}
