package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's way to a robot of one's own: what the archetype writes is built and runs. */
class ArchetypeIT {
    @Test
    void theGeneratedRobotIsBuiltAndItsServicesTalk() throws IOException, InterruptedException {
        Path folder = Projects.folder("generated");
        NestedMaven.in(folder)
                .with("-DgroupId=com.example", "-DartifactId=my-robot")
                .run(command())
                .succeeded();
        Path robot = folder.resolve("my-robot");
        assertThat(Files.readString(robot.resolve(".gitignore"))).isEqualTo("target/\n");
        assertThat(robot.resolve(".mvn/jvm.config")).content().startsWith("-XX:Tier4InvocationThreshold=");

        Path store = Projects.store("first");
        NestedMaven.Result built =
                NestedMaven.in(robot).store(store).run("rosbalena:build").succeeded();
        assertThat(built.output()).contains("commit rosbalena.lock");
        assertThat(Files.readString(robot.resolve("target/rosbalena/docker-compose.yml")))
                .contains("image: my-robot/camera_driver@sha256:");

        NestedMaven.Result run = NestedMaven.in(robot)
                .store(store)
                .with("-Drosbalena.run.seconds=5")
                .run("rosbalena:run")
                .succeeded();
        assertThat(run.output()).contains("camera publishes").containsPattern("control_node +\\| frame [0-9]+: steer");
    }

    /** The command as the README has it, up to the version of the archetype's plugin. */
    private static String[] command() throws IOException {
        List<String> words = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of(System.getProperty("it.readme")))) {
            inside |= line.strip().startsWith("mvn archetype:generate");
            if (inside) {
                words.addAll(List.of(line.strip().split("\\s+")));
                if (!line.endsWith("\\")) {
                    break;
                }
            }
        }
        assertThat(words).startsWith("mvn", "archetype:generate");
        words.removeIf(word -> word.equals("mvn") || word.equals("\\"));
        words.set(
                0,
                "org.apache.maven.plugins:maven-archetype-plugin:" + System.getProperty("it.archetype") + ":generate");
        return words.toArray(String[]::new);
    }
}
