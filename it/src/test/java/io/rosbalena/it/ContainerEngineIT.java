package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example robot, compiled in containers of a real docker and podman instead of the kernel's namespaces. */
@Timeout(600)
class ContainerEngineIT {
    private static final String NOWHERE = "unix:///nowhere/docker.sock";

    private final FirstCourier first = FirstCourier.get();

    private static NestedMaven build(Path robot, Path store) {
        return NestedMaven.in(robot).store(store).with("-Drosbalena.engine=container", "-Drosbalena.locked");
    }

    private void assertCompiledBy(String tool, NestedMaven.Result result, Path robot) throws IOException {
        assertThat(result.output())
                .contains("Compiling in the build root (container of " + tool + ")", "compiled 4 of 4 packages");
        assertThat(robot.resolve("target/rosbalena/build.json"))
                .hasSameBinaryContentAs(first.robot().resolve("target/rosbalena/build.json"));
    }

    @Test
    void dockerCompilesTheSameBytes() throws IOException, InterruptedException {
        try (Engine docker = Engine.docker()) {
            Path robot = first.again("in containers of docker");
            NestedMaven.Result result = build(robot, first.downloads("in containers of docker"))
                    .environment("DOCKER_HOST", docker.address())
                    .run("package")
                    .succeeded();
            assertCompiledBy("docker", result, robot);
        }
    }

    @Test
    void podmanCompilesTheSameBytes() throws IOException, InterruptedException {
        // Skips where podman runs nothing.
        Engine.podman().close();
        Path robot = first.again("in containers of podman");
        // Paths of podman are short, so they do not stand in the build's folder.
        Path home = Files.createTempDirectory("podman");
        try {
            Files.writeString(home.resolve("containers.conf"), """
                    [containers]
                    default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
                    [engine]
                    runtime = "runc"
                    cgroup_manager = "cgroupfs"
                    events_logger = "file"
                    """);
            Files.writeString(home.resolve("storage.conf"), """
                    [storage]
                    driver = "overlay"
                    graphroot = "%1$s/data"
                    runroot = "%1$s/run"
                    """.formatted(home));
            NestedMaven.Result result = build(robot, first.downloads("in containers of podman"))
                    .environment(
                            "CONTAINERS_CONF", home.resolve("containers.conf").toString())
                    .environment(
                            "CONTAINERS_STORAGE_CONF",
                            home.resolve("storage.conf").toString())
                    .environment("DOCKER_HOST", NOWHERE)
                    .run("package")
                    .succeeded();
            assertCompiledBy("podman", result, robot);
        } finally {
            Program.of("umount", home.resolve("data/overlay")).run();
            Program.of("rm", "-rf", home).output();
        }
    }
}
