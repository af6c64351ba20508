package io.rosbalena.it;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An OCI layout as skopeo and umoci read it. */
record ImageFolder(Path folder) {
    /** The images of a built project. */
    static ImageFolder of(Path project) {
        return new ImageFolder(project.resolve("target/rosbalena/images"));
    }

    /** The entries of {@code index.json}. */
    List<JsonValue> entries() throws IOException {
        return Json.parse(Files.readAllBytes(folder.resolve("index.json")))
                .get("manifests")
                .items();
    }

    /**
     * A layout with the images for one processor alone: tools that find images by name cannot tell two of one name
     * apart.
     */
    ImageFolder only(String architecture, Path target) throws IOException {
        Files.createDirectories(target);
        Files.createSymbolicLink(target.resolve("blobs"), folder.resolve("blobs"));
        Files.copy(folder.resolve("oci-layout"), target.resolve("oci-layout"));
        List<JsonValue> chosen = new ArrayList<>();
        for (JsonValue entry : entries()) {
            if (entry.get("platform").get("architecture").string().equals(architecture)) {
                chosen.add(entry);
            }
        }
        Files.write(target.resolve("index.json"), Json.compact(Map.of("schemaVersion", 2, "manifests", chosen)));
        return new ImageFolder(target);
    }

    /** How skopeo names an image of the layout. */
    String reference(String name) {
        return "oci:" + folder + ":" + name;
    }

    /** The manifest as skopeo reads it. */
    JsonValue manifest(String name) throws IOException, InterruptedException {
        return skopeo("--raw", name);
    }

    /** The configuration as skopeo reads it. */
    JsonValue config(String name) throws IOException, InterruptedException {
        return skopeo("--config", name);
    }

    private JsonValue skopeo(String what, String name) throws IOException, InterruptedException {
        return Json.parse(Program.of("skopeo", "inspect", what, reference(name))
                .output()
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The digests of an image's uncompressed layers, from the bottom up. */
    List<String> diffIds(String name) throws IOException, InterruptedException {
        return config(name).get("rootfs").get("diff_ids").strings();
    }

    /** Unpacks an image as umoci does; its root. */
    Path unpack(String name, Path bundle) throws IOException, InterruptedException {
        Program.require("umoci");
        Program.of("umoci", "unpack", "--image", folder + ":" + name, bundle).output();
        return bundle.resolve("rootfs");
    }
}
