package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Images for two processors from one build; of the one that this machine is not, only what is emulated by name runs. */
class PlatformsIT {
    private static final int ELF_HEADER = 20;
    private static final int AARCH64 = 183;

    private static Path folder;
    private static Path store;
    private static Path robot;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        folder = Projects.folder("platforms");
        store = Projects.store("first");
        robot = Projects.lookout("for two");
        NestedMaven.in(robot).store(store).run("install").succeeded();
    }

    @Test
    void theLayoutHasAnEntryForEachServiceAndPlatform() throws IOException {
        List<String> entries = new ArrayList<>();
        for (JsonValue entry : ImageFolder.of(robot).entries()) {
            JsonValue platform = entry.get("platform");
            entries.add(entry.get("annotations")
                            .get("org.opencontainers.image.ref.name")
                            .string()
                    + " " + platform.get("os").string() + "/"
                    + platform.get("architecture").string());
        }
        assertThat(entries)
                .containsExactly("gauge linux/amd64", "gauge linux/arm64", "herald linux/amd64", "herald linux/arm64");
    }

    @Test
    void everyPlatformHasItsManifest() throws IOException {
        Path output = robot.resolve("target/rosbalena");
        String first = Files.readString(output.resolve("docker-compose.yml"));
        String second = Files.readString(output.resolve("docker-compose.arm64.yml"));
        for (JsonValue entry : ImageFolder.of(robot).entries()) {
            boolean isFirst = entry.get("platform").get("architecture").string().equals("amd64");
            String digest = entry.get("digest").string();
            assertThat(first.contains(digest)).isEqualTo(isFirst);
            assertThat(second.contains(digest)).isEqualTo(!isFirst);
        }
        assertThat(first.replaceAll("sha256:[0-9a-f]+", "")).isEqualTo(second.replaceAll("sha256:[0-9a-f]+", ""));
        Path installed = Path.of(System.getProperty("it.repository"), "io/rosbalena/it/lookout/1.0.0");
        assertThat(installed.resolve("lookout-1.0.0.yml")).hasContent(first);
        assertThat(installed.resolve("lookout-1.0.0-arm64.yml")).hasContent(second);
    }

    @Test
    void theForeignImagesHoldForeignMachineCodeAloneAndAConsistentSystem() throws IOException, InterruptedException {
        Program.requireRoot("unpacks owners");
        ImageFolder images = ImageFolder.of(robot).only("arm64", folder.resolve("arm64"));
        for (String service : List.of("gauge", "herald")) {
            JsonValue config = images.config(service);
            assertThat(config.get("architecture").string()).isEqualTo("arm64");
            assertThat(config.get("variant").string()).isEqualTo("v8");

            Path root = images.unpack(service, folder.resolve(service));
            assertThat(machines(root)).containsOnlyKeys(AARCH64);
            // This machine's dpkg counts every architecture but its own as foreign, until it is told.
            Program.of("dpkg", "--root=" + root, "--add-architecture", "arm64").output();
            assertThat(Program.of("dpkg", "--root=" + root, "--verify").output())
                    .isEmpty();
            assertThat(Program.of("dpkg", "--root=" + root, "--audit").output()).isEmpty();
            Program.of(
                            "apt-get",
                            "-o",
                            "Dir=" + root,
                            "-o",
                            "Dir::State::status=" + root.resolve("var/lib/dpkg/status"),
                            "-o",
                            "APT::Architecture=arm64",
                            "-o",
                            "APT::Architectures=arm64",
                            "check")
                    .output();
        }
        assertThat(folder.resolve("herald/rootfs/ros2_ws/install/herald/lib/herald/herald"))
                .isExecutable();
    }

    /** The processors that the ELF files below a folder are for, with how many there are of each. */
    private static Map<Integer, Integer> machines(Path root) throws IOException {
        Map<Integer, Integer> machines = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                try (InputStream in = Files.newInputStream(file)) {
                    byte[] start = in.readNBytes(ELF_HEADER);
                    if (start.length == ELF_HEADER && start[0] == 0x7f && start[1] == 'E' && start[2] == 'L') {
                        machines.merge((start[18] & 0xff) | (start[19] & 0xff) << 8, 1, Integer::sum);
                    }
                }
            }
        }
        return machines;
    }

    @Test
    void machineCodeOfTheWorkspaceIsCompiledForBothProcessorsOnThisMachine() throws IOException, InterruptedException {
        forgetWhatWasCompiled();
        Path both = courierForBoth("crossed");
        NestedMaven.Result built =
                NestedMaven.in(both).store(store).run("package").succeeded();
        assertThat(built.output())
                .contains("Compiling in the build root for arm64", "compiled 3 of 4 packages for linux/arm64")
                .doesNotContain("RB731");

        Path trees = folder.resolve("crossed");
        for (String service : List.of("camera_driver", "perception_node", "control_node")) {
            ImageFolder foreign = ImageFolder.of(both).only("arm64", trees.resolve("arm64 " + service));
            Path root = foreign.unpack(service, trees.resolve(service));
            assertThat(machines(root)).containsOnlyKeys(AARCH64);
        }
        assertThat(answerOfCamera(trees.resolve("camera_driver/rootfs")))
                .contains("camera publishes 50 frames a second", "camera stopped after");

        // The same sources at another place, compiled anew, by another user: nothing of this machine is in them. And
        // once
        // more under yet other conditions, package by package.
        Path again = courierForBoth("crossed again, elsewhere");
        Files.copy(both.resolve("rosbalena.lock"), again.resolve("rosbalena.lock"));
        Path downloads = Projects.store("crossed-again");
        Files.createDirectories(downloads);
        Program.of("cp", "-al", store.resolve("blobs"), downloads).output();
        NestedMaven other = OtherUser.canBuild(again)
                ? OtherUser.in(again, downloads)
                : NestedMaven.in(again).store(downloads);
        assertThat(other.under("taskset", "-c", "0")
                        .with("-o", "-Drosbalena.verifyReproducible")
                        .run("package")
                        .succeeded()
                        .output())
                .contains("compiled 4 of 4 packages for linux/amd64", "compiled 3 of 4 packages for linux/arm64")
                .contains("compiled 4 packages a second time under other conditions: the same bytes")
                .contains("compiled 3 packages a second time under other conditions: the same bytes");
        for (String manifest : List.of("docker-compose.yml", "docker-compose.arm64.yml")) {
            assertThat(again.resolve("target/rosbalena").resolve(manifest))
                    .hasSameTextualContentAs(both.resolve("target/rosbalena").resolve(manifest));
        }
    }

    /** Each of the three packages in C++ is emulated once, while what it needs, or what needs it, is crossed. */
    @Test
    void whatAnEmulatorCompilesIsWhatTheCrossCompilerMakes() throws IOException, InterruptedException {
        Path both = courierForBoth("emulated");
        NestedMaven.in(both).store(store).run("package").succeeded();
        String crossed = Files.readString(both.resolve("target/rosbalena/docker-compose.arm64.yml"));
        for (String packages : List.of("courier_bus", "camera_driver,control_node")) {
            NestedMaven.Result built = NestedMaven.in(both)
                    .store(store)
                    .with("-o", "-Drosbalena.emulate=" + packages)
                    .run("package");
            Assumptions.assumeFalse(
                    built.output().contains("RB493"), () -> "skipped: nothing emulates here: " + built.output());
            assertThat(built.succeeded().output())
                    .contains("Compiling in the build root of arm64, emulated")
                    .contains("compiled " + packages.split(",", -1).length + " of 4 packages for linux/arm64")
                    .doesNotContain("Compiling in the build root for arm64");
            assertThat(both.resolve("target/rosbalena/docker-compose.arm64.yml"))
                    .hasContent(crossed);
        }
        // All together know what was compiled one by one: the keys are those of packages compiled on such a machine.
        assertThat(NestedMaven.in(both)
                        .store(store)
                        .with("-o", "-Drosbalena.emulate=courier_bus,camera_driver,control_node")
                        .run("package")
                        .succeeded()
                        .output())
                .doesNotContain("Compiling in");
    }

    private static void forgetWhatWasCompiled() throws IOException, InterruptedException {
        Program.of("rm", "-rf", store.resolve("results/compile"), store.resolve("results/build"))
                .output();
    }

    private static Path courierForBoth(String name) throws IOException {
        Path both = Projects.courier(name);
        Projects.replace(both.resolve("pom.xml"), "linux/amd64", "linux/amd64,linux/arm64");
        return both;
    }

    /** What the camera says in some seconds, run by an emulator in the files of its image alone. */
    private static String answerOfCamera(Path root) throws IOException, InterruptedException {
        Path install = root.resolve("ros2_ws/install");
        return Program.of(
                        "sh",
                        "-c",
                        "timeout --signal=INT 4 \"$@\" || [ $? = 124 ]",
                        "sh",
                        "qemu-aarch64-static",
                        "-L",
                        root,
                        "-E",
                        "LD_LIBRARY_PATH=" + install.resolve("courier_bus/lib"),
                        install.resolve("camera_driver/lib/camera_driver/camera_driver"),
                        "--rate",
                        "50")
                // The emulator knows no IP_MULTICAST_IF.
                .environment(
                        "CYCLONEDDS_URI",
                        "<CycloneDDS><Domain><General><AllowMulticast>false</AllowMulticast></General></Domain>"
                                + "</CycloneDDS>")
                .output();
    }

    @Test
    void aRobotOfAnotherProcessorAloneIsCompiledOnThisMachineToo() throws IOException, InterruptedException {
        Path alone = Projects.courier("alone");
        Projects.replace(alone.resolve("pom.xml"), "linux/amd64", "linux/arm64");
        NestedMaven.in(alone).store(store).run("package").succeeded();
        assertThat(ImageFolder.of(alone).entries())
                .extracting(entry -> entry.get("platform").get("architecture").string())
                .containsOnly("arm64");
    }
}
