package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk that is too small is told once, with its place and what to do, and leaves nothing half-written. */
class FullDiskIT {
    private final FirstCourier first = FirstCourier.get();

    @BeforeEach
    void needAPrivateMount() throws IOException, InterruptedException {
        Program.require("unshare");
    }

    /** Runs a build with a small disk mounted at a folder, and lists afterwards what stands there. */
    private static NestedMaven.Result build(Path project, Path store, Path small, int megabytes)
            throws IOException, InterruptedException {
        Files.createDirectories(small);
        return NestedMaven.in(project)
                .under(
                        "unshare",
                        "--user",
                        "--map-root-user",
                        "--mount",
                        "sh",
                        "-c",
                        "small=$1; mount -t tmpfs -o size=$2m none \"$small\"; shift 2; \"$@\"; status=$?;"
                                + " find \"$small\" -type f -printf 'left %P\\n'; exit $status",
                        "sh",
                        small.toString(),
                        Integer.toString(megabytes))
                .store(store)
                .with("-o", "-Drosbalena.locked")
                .run("package")
                .failed();
    }

    private static void assertTold(NestedMaven.Result result, Path where) {
        assertThat(result.output())
                .contains("error RB740 the disk of " + where)
                .contains("MB are free")
                .contains("make room there")
                .doesNotContain("\tat ", "    at ")
                .containsOnlyOnce("error RB");
    }

    @Test
    void whereTheBuildRootHasNoRoomItIsTold() throws IOException, InterruptedException {
        Path clone = first.again("small store");
        Path store = first.downloads("small");
        NestedMaven.Result result = build(clone, store, store.resolve("roots"), 100);
        assertTold(result, store.resolve("roots"));
        assertThat(result.output()).doesNotContain("left ");
        assertThat(clone.resolve("target/rosbalena/docker-compose.yml")).doesNotExist();
    }

    @Test
    void whereTheCompilerHasNoRoomTheDiskIsBlamedAndNotTheSource() throws IOException, InterruptedException {
        Path clone = first.again("small compile");
        Path source = clone.resolve("src/camera_driver/src/camera_driver.cpp");
        Files.writeString(source, "char ballast[64 << 20] = {1};\n", StandardOpenOption.APPEND);
        Path scratch = first.store().resolve("tmp");
        NestedMaven.Result result = build(clone, first.store(), scratch, 20);
        assertTold(result, scratch);
        assertThat(result.output()).doesNotContain("camera_driver.cpp", "RB404", "RB406", "left ");
        assertThat(clone.resolve("target/rosbalena/docker-compose.yml")).doesNotExist();
    }

    @Test
    void whereTheImagesHaveNoRoomItIsToldAndNoManifestNamesThem() throws IOException, InterruptedException {
        Path clone = first.again("small target");
        NestedMaven.Result result = build(clone, first.store(), clone.resolve("target"), 20);
        assertTold(result, clone.resolve("target"));
        assertThat(result.output())
                .contains("left rosbalena/images/blobs/sha256/")
                .doesNotContain("left rosbalena/docker-compose.yml", "left rosbalena/images/index.json");
        NestedMaven.in(clone)
                .store(first.store())
                .with("-o", "-Drosbalena.locked")
                .run("package")
                .succeeded();
        Images.of(clone).assertSameAs(Images.of(first.robot()));
    }
}
