package io.rosbalena.robot;

import io.rosbalena.RealTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** An image to stand on: a folder that the real dpkg fills, packed by umoci. */
final class BaseOnDisk {
    private final Path folder;
    private final SmallRobot robot;

    private BaseOnDisk(Path folder, SmallRobot robot) {
        this.folder = folder;
        this.robot = robot;
    }

    /** A Debian without packages, whose apt source is the robot's archive. */
    static BaseOnDisk of(SmallRobot robot) throws IOException {
        RealTool.require("umoci", "dpkg");
        Assumptions.assumeTrue(
                System.getProperty("user.name").equals("root"), "skipped: only root unpacks files of other users");
        BaseOnDisk base = new BaseOnDisk(Files.createDirectories(robot.folder().resolve("base")), robot);
        base.run("umoci", "init", "--layout", "layout");
        base.run("umoci", "new", "--image", "layout:base");
        base.run("umoci", "unpack", "--image", "layout:base", "bundle");
        for (String name : List.of("bin", "lib", "sbin")) {
            Files.createDirectories(base.root().resolve("usr/" + name));
            Files.createSymbolicLink(base.root().resolve(name), Path.of("usr/" + name));
        }
        base.write("etc/os-release", "ID=debian\nVERSION_CODENAME=bookworm\n")
                .write(
                        "etc/apt/sources.list.d/test.sources",
                        "Types: deb\nURIs: " + robot.archive().uri()
                                + "\nSuites: test\nComponents: main\nSigned-By: /usr/share/keyrings/good.gpg\n");
        Files.createDirectories(base.root().resolve("usr/share/keyrings"));
        robot.archive().export(base.root().resolve("usr/share/keyrings/good.gpg"), "good");
        return base;
    }

    Path root() {
        return folder.resolve("bundle/rootfs");
    }

    BaseOnDisk write(String path, String text) throws IOException {
        Files.createDirectories(root().resolve(path).getParent());
        Files.writeString(root().resolve(path), text);
        return this;
    }

    /** Installs packages of the archive's pool, each {@code NAME_VERSION}. */
    BaseOnDisk install(String... debs) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("dpkg", "--force-depends", "--log=/dev/null", "--root=" + root(), "--install"));
        Stream.of(debs)
                .map(deb -> robot.archive()
                        .root()
                        .resolve("pool/" + deb + "_amd64.deb")
                        .toString())
                .forEach(command::add);
        run(command.toArray(String[]::new));
        return this;
    }

    /** Makes the image; the robot stands on it from now on. */
    SmallRobot pack() throws IOException {
        run("umoci", "repack", "--refresh-bundle", "--image", "layout:base", "bundle");
        run("umoci", "config", "--image", "layout:base", "--architecture", "amd64", "--os", "linux");
        return robot.from("oci:../base/layout#base").aptSources();
    }

    /** Unpacks a service's image by umoci; its root. */
    Path unpack(String service) throws IOException {
        Path bundle = folder.resolve(service);
        run("umoci", "unpack", "--image", robot.file("target/rosbalena/images") + ":" + service, bundle.toString());
        return bundle.resolve("rootfs");
    }

    String run(String... command) throws IOException {
        return RealTool.run(folder, command);
    }

    /** Whether a folder can be listed by everybody: what an engine makes up is. */
    static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
