package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.apt.deb.SmallDeb;
import io.rosbalena.apt.deb.UnpackedDebs;
import io.rosbalena.json.Json;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Remembered;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebFactsCodecTest {
    @TempDir
    Path directory;

    @Test
    void readsBackWhatItWrote() throws IOException {
        DebFacts facts = SmallFacts.of(example());
        DebFactsCodec codec = new DebFactsCodec();
        byte[] written = Json.compact(codec.encode(facts));
        DebFacts read = codec.decode(Json.parse(written));
        assertThat(read).usingRecursiveComparison().ignoringFields("contents").isEqualTo(facts);
        assertThat(read.licenses()).containsExactly("Expat");
        assertThat(read.linkages().objects()).containsOnlyKeys(TreePath.parse("usr/bin/program"));
        assertThat(read.contents().keySet())
                .isEqualTo(facts.contents().keySet())
                .hasSize(1);
        assertThat(Json.compact(codec.encode(read))).isEqualTo(written);
    }

    @Test
    void isRememberedByTheStore() throws IOException {
        Path deb = example().build();
        BlobStore store = BlobStore.open(directory.resolve("store"));
        try (UnpackedDebs packages = UnpackedDebs.in(store.temporary())) {
            Remembered<DebFactsStage.Input, DebFacts> stage = new Remembered<>(new DebFactsStage(packages), store);
            DebFactsStage.Input input = new DebFactsStage.Input(deb, Digest.of(deb), "example");
            assertThat(stage.get(input, Progress.SILENT).reused()).isFalse();
            assertThat(stage.get(input, Progress.SILENT).reused()).isTrue();
        }
    }

    private SmallDeb example() throws IOException {
        return SmallDeb.named(directory, "example")
                .control("conffiles", "/etc/example.conf\n")
                .control("triggers", "interest a\n")
                .control("postinst", "#!/bin/sh\nldconfig\n")
                .file("etc/example.conf", "grüße\n")
                .file("etc/ld.so.conf", "/opt/lib\n")
                .file(
                        "usr/share/doc/example/copyright",
                        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n"
                                + "Files: *\nLicense: Expat\n")
                // A real program: the one that runs this test.
                .bytes("usr/bin/program", Files.readAllBytes(Path.of(System.getProperty("java.home"), "bin/java")))
                .symlink("usr/bin/x", "y");
    }
}
