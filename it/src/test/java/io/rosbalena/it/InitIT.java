package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal that starts a robot in a workspace, as people start it: without a POM. */
class InitIT {
    private static final String INIT =
            "io.rosbalena:rosbalena-maven-plugin:" + System.getProperty("it.version") + ":init";

    @TempDir
    private Path folder;

    private NestedMaven maven() {
        return NestedMaven.in(folder).with("-o").store(folder.resolve("store"));
    }

    @Test
    void aWorkspaceBecomesAProjectThatMavenTakes() throws IOException, InterruptedException {
        Path talker = Files.createDirectories(folder.resolve("src/talker"));
        Files.writeString(talker.resolve("package.xml"), """
                <package format="3"><name>talker</name><version>1.0.0</version><description>d</description>
                <maintainer email="a@example.com">a</maintainer><license>Apache-2.0</license>
                <export><build_type>ament_python</build_type></export></package>
                """);
        Files.writeString(talker.resolve("setup.py"), """
                setup(name='talker', entry_points={'console_scripts': ['talk = talker.node:main']})
                """);

        assertThat(maven().with("-Drosbalena.deviceTypes=raspberrypi5")
                        .run(INIT)
                        .failed()
                        .output())
                .contains("error RB181");
        assertThat(folder.resolve("pom.xml")).doesNotExist();

        assertThat(maven().with("-Drosbalena.deviceTypes=raspberrypi5", "-Drosbalena.rosDistro=jazzy")
                        .run(INIT)
                        .succeeded()
                        .output())
                .contains("wrote pom.xml", "wrote docker-compose.yml", "next: mvn package");
        // With the options of Java's machine that it wrote, and by the packaging's own lifecycle.
        assertThat(maven().run("validate").succeeded().output()).contains(":lint (default-lint)");
        assertThat(maven().run(INIT).succeeded().output()).contains("kept pom.xml: it has the plugin already");
    }
}
