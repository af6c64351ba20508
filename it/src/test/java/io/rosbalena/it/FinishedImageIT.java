package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.image.MediaType;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Services that run images made elsewhere: {@code image: REF}. */
class FinishedImageIT {
    private static final String AMD64 = "amd64";
    private static final String ARM64 = "arm64";

    @Test
    void finishedImagesArePinnedAndCopiedAsTheRegistryHasThem() throws IOException, InterruptedException {
        Path folder = Projects.folder("finished");
        Path store = Projects.store("first");
        Path robot = Projects.lookout("with finished image");
        Digest pinned;
        try (LocalRegistry registry = LocalRegistry.open(folder)) {
            byte[] amd64 = push(registry, folder, AMD64, "1");
            byte[] arm64 = push(registry, folder, ARM64, "1");
            index(registry, amd64, arm64);
            service(robot, "dashboard", registry.host() + "/team/dashboard:stable");
            NestedMaven.in(robot).store(store).run("package").succeeded();
            assertHolds(robot, AMD64, amd64);
            assertHolds(robot, ARM64, arm64);
            Path alone = folder.resolve("alone");
            JsonValue config = ImageFolder.of(robot).only(ARM64, alone).config("dashboard");
            assertThat(config.get("config").get("User").string()).isEqualTo("www-data");
            String lock = Files.readString(robot.resolve("rosbalena.lock"));
            assertThat(lock)
                    .contains(registry.host() + "/team/dashboard:stable")
                    .contains(Digest.of(amd64).toString())
                    .contains(Digest.of(arm64).toString());

            // The tag moves on; a build keeps what the lock says, only locking follows.
            index(registry, push(registry, folder, AMD64, "2"), arm64);
            touch(robot);
            NestedMaven.in(robot).store(store).run("package").succeeded();
            assertHolds(robot, AMD64, amd64);
            NestedMaven.in(robot).store(store).run("rosbalena:lock").succeeded();
            pinned = Digest.of(registry.manifest("team/dashboard", "amd64-2", MediaType.DOCKER_MANIFEST));
            assertThat(Files.readString(robot.resolve("rosbalena.lock"))).contains(pinned.toString());
            NestedMaven.in(robot).store(store).run("package").succeeded();
        }
        touch(robot);
        NestedMaven.in(robot)
                .store(store)
                .with("-o", "-Drosbalena.locked")
                .run("package")
                .succeeded();
        assertThat(Files.readString(robot.resolve("target/rosbalena/docker-compose.yml")))
                .contains("lookout/dashboard@" + pinned);
    }

    @Test
    void allThatCannotBeHadIsToldAtOnceWithItsLine() throws IOException, InterruptedException {
        Path folder = Projects.folder("unfinished");
        Path robot = Projects.lookout("with unfinished images");
        try (LocalRegistry registry = LocalRegistry.open(folder)) {
            push(registry, folder, AMD64, "1");
            service(robot, "foreign", registry.host() + "/team/dashboard:amd64-1");
            service(robot, "missing", registry.host() + "/team/nothing:1");
            service(robot, "misspelt", registry.host() + "/Team/Dashboard");
            NestedMaven.Result result = NestedMaven.in(robot)
                    .store(Projects.store("first"))
                    .run("package")
                    .failed();
            List<String> lines = Files.readAllLines(robot.resolve("docker-compose.yml"));
            assertThat(result.output())
                    .contains(place(lines, "dashboard:amd64-1") + "error RB452")
                    .contains("is not for linux/arm64; it is for linux/amd64")
                    .contains(place(lines, "nothing:1") + "error RB513")
                    .contains(place(lines, "Team/Dashboard") + "error RB510")
                    .contains("MojoFailureException");
            assertThat(robot.resolve("rosbalena.lock")).doesNotExist();
        }
    }

    /** How a message begins that tells of the line with a text. */
    private static String place(List<String> lines, String text) {
        for (int i = 0; i < lines.size(); i++) {
            int column = lines.get(i).indexOf("image: ");
            if (column >= 0 && lines.get(i).endsWith(text)) {
                return "docker-compose.yml:" + (i + 1) + ":" + (column + 1) + ": ";
            }
        }
        throw new AssertionError("no line with " + text);
    }

    private static void service(Path robot, String name, String image) throws IOException {
        Projects.replace(robot.resolve("docker-compose.yml"), "services:\n", """
                        services:
                          %s:
                            image: %s
                        """.formatted(name, image));
    }

    /** Changes the project so that the build before does not answer it, but nothing that is locked. */
    private static void touch(Path robot) throws IOException {
        Projects.replace(robot.resolve("docker-compose.yml"), "numpy.arange(", "numpy.arange(1 + ");
    }

    /** Many images of registries are in Docker's form, others in OCI's; here the one for amd64 is. */
    private static String type(String architecture) {
        return architecture.equals(AMD64) ? MediaType.DOCKER_MANIFEST : MediaType.MANIFEST;
    }

    /** Makes an image and brings it into the registry; the manifest's bytes. */
    private static byte[] push(LocalRegistry registry, Path folder, String architecture, String version)
            throws IOException, InterruptedException {
        Program.require("umoci");
        Path layout = folder.resolve("layout-" + architecture + version);
        String image = layout + ":one";
        Path file = Files.writeString(folder.resolve("page-" + architecture + version), "page " + version);
        Program.of("umoci", "init", "--layout", layout).output();
        Program.of("umoci", "new", "--image", image).output();
        Program.of("umoci", "config", "--image", image, "--architecture", architecture, "--config.user", "www-data")
                .output();
        Program.of("umoci", "insert", "--rootless", "--image", image, file, "/page")
                .output();
        String tag = architecture + "-" + version;
        Path form = folder.resolve("form-" + tag);
        String format = architecture.equals(AMD64) ? "v2s2" : "oci";
        Program.of("skopeo", "copy", "-q", "--insecure-policy", "--format=" + format, "oci:" + image, "dir:" + form)
                .output();
        registry.push("dir:" + form, "team/dashboard:" + tag);
        return registry.manifest("team/dashboard", tag, type(architecture));
    }

    private static void index(LocalRegistry registry, byte[] amd64, byte[] arm64)
            throws IOException, InterruptedException {
        List<Object> manifests = new ArrayList<>();
        Map.of(AMD64, amd64, ARM64, arm64).forEach((architecture, manifest) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("mediaType", type(architecture));
            entry.put("digest", Digest.of(manifest));
            entry.put("size", manifest.length);
            entry.put("platform", Map.of("os", "linux", "architecture", architecture));
            manifests.add(entry);
        });
        registry.put(
                "team/dashboard",
                "stable",
                MediaType.DOCKER_LIST,
                Json.compact(Map.of("schemaVersion", 2, "mediaType", MediaType.DOCKER_LIST, "manifests", manifests)));
    }

    private static void assertHolds(Path robot, String architecture, byte[] manifest) throws IOException {
        ImageFolder images = ImageFolder.of(robot);
        Digest digest = Digest.of(manifest);
        assertThat(images.folder().resolve("blobs/sha256").resolve(digest.hex()))
                .hasBinaryContent(manifest);
        List<JsonValue> entries = new ArrayList<>();
        for (JsonValue entry : images.entries()) {
            if (entry.get("digest").string().equals(digest.toString())) {
                entries.add(entry);
            }
        }
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).get("mediaType").string()).isEqualTo(type(architecture));
        assertThat(entries.get(0).get("platform").get("architecture").string()).isEqualTo(architecture);
        String file = architecture.equals(AMD64) ? "docker-compose.yml" : "docker-compose.arm64.yml";
        assertThat(Files.readString(robot.resolve("target/rosbalena").resolve(file)))
                .contains("lookout/dashboard@" + digest);
    }
}
