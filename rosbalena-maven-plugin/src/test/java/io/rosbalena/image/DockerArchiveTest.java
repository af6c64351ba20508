package io.rosbalena.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that engines load, as skopeo and tar read it. */
class DockerArchiveTest {
    @TempDir
    private Path folder;

    private BlobStore store;

    @BeforeEach
    void openAStore() throws IOException {
        store = BlobStore.open(folder.resolve("store"));
    }

    private StoredImage image(String... texts) throws IOException {
        return TarImage.in(folder, store, texts);
    }

    private Path write(DockerArchive archive) throws IOException {
        Path file = folder.resolve("archive.tar");
        try (OutputStream out = Files.newOutputStream(file)) {
            archive.write(out);
        }
        assertThat(file).hasSize(archive.size());
        return file;
    }

    @Test
    void skopeoReadsTheSameImageFromIt() throws Exception {
        RealTool.require("skopeo");
        StoredImage image = image("one", "two");
        Path file = write(
                DockerArchive.of(List.of(new DockerArchive.Item(image, List.of("robot/talker:1"))), Set.of(), store));

        String config = RealTool.run(folder, "skopeo", "inspect", "--config", "--raw", "docker-archive:" + file);
        assertThat(Digest.of(config.getBytes(StandardCharsets.UTF_8))).isEqualTo(image.id());
        RealTool.run(
                folder,
                "skopeo",
                "copy",
                "-q",
                "docker-archive:" + file + ":robot/talker:1",
                "dir:" + folder.resolve("d"));
    }

    @Test
    void layersThatAreThereAreNamedAndLeftOut() throws Exception {
        StoredImage one = image("base", "one");
        StoredImage other = image("base", "other");
        DockerArchive archive = DockerArchive.of(
                List.of(new DockerArchive.Item(one, List.of()), new DockerArchive.Item(other, List.of())),
                Set.of(one.chain().get(0)),
                store);

        assertThat(archive.layers()).isEqualTo(2);
        assertThat(RealTool.run(folder, "tar", "-tf", write(archive).toString()).lines())
                .containsExactly(
                        one.diffIds().get(1).hex() + "/layer.tar",
                        one.id().hex() + ".json",
                        other.diffIds().get(1).hex() + "/layer.tar",
                        other.id().hex() + ".json",
                        "manifest.json");
        String manifest = RealTool.run(folder, "tar", "-xOf", "archive.tar", "manifest.json");
        assertThat(manifest).contains(one.diffIds().get(0).hex() + "/layer.tar");
    }

    @Test
    void aLayerThatTwoImagesShareIsThereOnce() throws Exception {
        DockerArchive archive = DockerArchive.of(
                List.of(
                        new DockerArchive.Item(image("base", "one"), List.of()),
                        new DockerArchive.Item(image("base", "other"), List.of())),
                Set.of(),
                store);

        assertThat(archive.layers()).isEqualTo(3);
    }

    /** It has other layers below it, so an engine knows it under another chain id. */
    @Test
    void theSameLayerOnAnotherOneIsSent() throws Exception {
        StoredImage there = image("one", "top");
        StoredImage sent = image("other", "top");
        DockerArchive archive =
                DockerArchive.of(List.of(new DockerArchive.Item(sent, List.of())), Set.copyOf(there.chain()), store);

        assertThat(archive.layers()).isEqualTo(2);
    }
}
