package io.rosbalena.robot.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.device.Endpoint;
import io.rosbalena.device.Engine;
import io.rosbalena.device.EngineKind;
import io.rosbalena.device.LocalPodman;
import io.rosbalena.finding.Finding;
import io.rosbalena.image.DockerArchive;
import io.rosbalena.image.StoredImage;
import io.rosbalena.image.TarImage;
import io.rosbalena.robot.surroundings.Console;
import io.rosbalena.store.BlobStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sending to an engine that is another one than it was taken for. */
class ShippingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void anEngineThatWantsAllLayersGetsThemInASecondGo() throws Exception {
        BlobStore store = BlobStore.open(folder.resolve("store"));
        StoredImage first = TarImage.in(folder, store, "base", "one");
        StoredImage second = TarImage.in(folder, store, "base", "other");
        Said said = new Said();
        try (LocalPodman podman = LocalPodman.start(Files.createDirectory(folder.resolve("podman")))) {
            Engine engine = new Engine(Endpoint.of(podman.socket()), PATIENCE, PATIENCE);
            EngineKind mistaken = new EngineKind("engine", "amd64", false, true);
            Shipping shipping = new Shipping(engine, mistaken, store, said);
            for (StoredImage image : List.of(first, second)) {
                shipping.send(List.of(new DockerArchive.Item(image, List.of("localhost/robot:1"))), engine.images());
            }

            assertThat(engine.find(second.id().toString())).contains(second.id());
        }
        assertThat(said.lines.get(0)).startsWith("sending 2 of 2 layers");
        assertThat(said.lines.get(1)).startsWith("sending 1 of 2 layers");
        assertThat(said.lines.get(2)).startsWith("the engine does not take the new layers alone");
        assertThat(said.lines.get(3)).startsWith("sending 2 of 2 layers");
    }

    private static final class Said implements Console {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void stage(String name) {
            lines.add(name);
        }

        @Override
        public void finding(Finding finding) {
            lines.add(finding.print());
        }

        @Override
        public void message(String text) {
            lines.add(text);
        }

        @Override
        public void expect(long bytes) {}

        @Override
        public void transferred(long bytes) {}
    }
}
