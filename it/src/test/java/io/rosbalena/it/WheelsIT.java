package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keys that pip would install: laid out from wheels of an index, and from one that is made from sources. */
class WheelsIT {
    private static Path robot(String name) throws IOException {
        Path robot = Projects.courier(name);
        Files.writeString(robot.resolve("rosdep/pip.yaml"), """
                courier-sums-pip:
                  debian:
                    pip: {packages: [courier_sums]}
                """);
        Projects.replace(
                robot.resolve("src/perception_node/package.xml"),
                "<exec_depend>python3-yaml</exec_depend>",
                "<exec_depend>python3-yaml</exec_depend>\n  <exec_depend>courier-sums-pip</exec_depend>");
        Path node = robot.resolve("src/perception_node/perception_node/node.py");
        Projects.replace(node, "import yaml\n", "import courier_sums\nimport courier_words\nimport yaml\n");
        Projects.replace(
                node,
                "    bus = Bus()\n",
                "    print(courier_sums.say())\n    sys.stdout.flush()\n    os.system('courier-say')\n    bus = Bus()\n");
        return robot;
    }

    @Test
    void aWheelIsMadeFromSourcesAndEveryoneGetsTheSame() throws IOException, InterruptedException {
        WheelIndex index = WheelIndex.make(Projects.folder("index"), "sums of the courier");
        Path robot = robot("with wheels");
        NestedMaven.Result built = NestedMaven.in(robot)
                .store(FirstCourier.get().store())
                .with("-Drosbalena.pipIndexes=" + index.simple())
                .run("package")
                .succeeded();
        assertThat(built.output()).contains("Making a wheel from courier_sums-1.5.tar.gz");
        assertThat(Files.readString(robot.resolve("rosbalena.lock")))
                .contains("filename: courier_sums-1.5-cp3", "courier_words-2.0-py3-none-any.whl")
                .contains("pip:courier-sums==1.5", "pip:courier-words==2.0")
                .doesNotContain(index.folder().toString());

        assertThat(Files.readString(robot.resolve("target/rosbalena/sbom/perception_node.cdx.json")))
                .contains("\"purl\": \"pkg:generic/perception_node@")
                .contains("\"purl\": \"pkg:pypi/courier-sums@1.5\"")
                .contains("\"purl\": \"pkg:deb/debian/python3@");

        NestedMaven.Result run = NestedMaven.in(robot)
                .store(FirstCourier.get().store())
                .with("-o", "-Drosbalena.run.seconds=5", "-Dservice=perception_node")
                .run("rosbalena:run")
                .succeeded();
        assertThat(run.output()).contains("sums of the courier", "words of the courier");

        // A colleague has the lock and the index, and must make the wheel again.
        Path other = robot("with wheels elsewhere");
        Files.copy(robot.resolve("rosbalena.lock"), other.resolve("rosbalena.lock"));
        NestedMaven.Result again = NestedMaven.in(other)
                .store(FirstCourier.get().downloads("wheels elsewhere"))
                .with("-Drosbalena.pipIndexes=" + index.simple(), "-Drosbalena.locked")
                .run("package")
                .succeeded();
        assertThat(again.output()).contains("Making a wheel from courier_sums-1.5.tar.gz");
        Images.of(other).assertSameAs(Images.of(robot));

        // An index that has other bytes under these names.
        WheelIndex changed = WheelIndex.make(Projects.folder("changed index"), "other sums");
        Path third = robot("with other wheels");
        Files.copy(robot.resolve("rosbalena.lock"), third.resolve("rosbalena.lock"));
        NestedMaven.Result refused = NestedMaven.in(third)
                .store(FirstCourier.get().downloads("other wheels"))
                .with("-Drosbalena.pipIndexes=" + changed.simple(), "-Drosbalena.locked")
                .run("package")
                .failed();
        assertThat(refused.output())
                .contains("RB297 no index has courier_sums-1.5.tar.gz with the digest that was locked");
        assertThat(third.resolve("target/rosbalena/images")).doesNotExist();
    }
}
