package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example robot, compiled in containers of a real podman instead of the kernel's namespaces. */
@Timeout(600)
class ContainerEngineIT {
    @Test
    void podmanCompilesTheSameBytes() throws IOException, InterruptedException {
        // Skips where podman runs nothing.
        Engine.podman().close();
        FirstCourier first = FirstCourier.get();
        Path robot = first.again("in containers");
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
            NestedMaven.Result result = NestedMaven.in(robot)
                    .store(first.downloads("in containers"))
                    .environment(
                            "CONTAINERS_CONF", home.resolve("containers.conf").toString())
                    .environment(
                            "CONTAINERS_STORAGE_CONF",
                            home.resolve("storage.conf").toString())
                    .environment("DOCKER_HOST", "unix:///nowhere/docker.sock")
                    .with("-Drosbalena.engine=container", "-Drosbalena.locked")
                    .run("package")
                    .succeeded();

            assertThat(result.output())
                    .contains("Compiling in the build root (container of podman)", "compiled 4 of 4 packages");
            assertThat(robot.resolve("target/rosbalena/build.json"))
                    .hasSameBinaryContentAs(first.robot().resolve("target/rosbalena/build.json"));
        } finally {
            Program.of("umount", home.resolve("data/overlay")).run();
            Program.of("rm", "-rf", home).output();
        }
    }
}
