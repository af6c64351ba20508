package io.rosbalena.robot.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.image.layer.LayerPart;
import io.rosbalena.image.layer.LayerPlan;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.wheel.ProjectName;
import io.rosbalena.wheel.WheelOnDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelPartsTest {
    @TempDir
    private Path folder;

    private LockedWheel wheel(String name, String... files) throws IOException {
        WheelOnDisk wheel = WheelOnDisk.of(name, "1");
        for (String file : files) {
            wheel.file(file, name + file);
        }
        Path path = wheel.write(folder);
        try (InputStream in = Files.newInputStream(path)) {
            Digest digest = store().put(in);
            return new LockedWheel(
                    ProjectName.normalize(name), "1", wheel.filename(), Files.size(path), digest, Optional.empty());
        }
    }

    private BlobStore store() throws IOException {
        return BlobStore.open(folder.resolve("store"));
    }

    private List<String> contents(LayerPlan plan) throws Exception {
        List<String> contents = new ArrayList<>();
        for (LayerPart part : plan.parts()) {
            try (FileTree tree = part.source().open()) {
                for (Entry entry : tree.entries()) {
                    if (entry.kind() == Entry.Kind.FILE && !entry.path().text().contains("dist-info")) {
                        contents.add(entry.path().text() + " "
                                + new String(entry.content().bytes(), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return contents;
    }

    @Test
    void aPathStandsOnceInALayerAndIsThatOfTheLastWheel() throws Exception {
        LockedWheel one = wheel("one", "both.py", "one.py");
        LockedWheel two = wheel("two", "both.py", "two.py");
        List<LayerPlan> plans = WheelParts.plans(List.of(one, two), store());

        assertThat(plans).hasSize(1);
        assertThat(contents(plans.get(0)))
                .containsExactly(
                        "ros2_ws/python/one.py oneone.py",
                        "ros2_ws/python/both.py twoboth.py",
                        "ros2_ws/python/two.py twotwo.py");
    }

    /** What is packed for one robot serves another one that has the same wheel without the other. */
    @Test
    void theKeyOfAPartTellsWhatItLacks() throws Exception {
        LockedWheel one = wheel("one", "both.py");
        LockedWheel two = wheel("two", "both.py");

        assertThat(WheelParts.plans(List.of(one, two), store())
                        .get(0)
                        .parts()
                        .get(0)
                        .key())
                .isNotEqualTo(WheelParts.plans(List.of(one), store())
                        .get(0)
                        .parts()
                        .get(0)
                        .key());
        assertThat(WheelParts.plans(List.of(one, two), store())
                        .get(0)
                        .parts()
                        .get(1)
                        .key())
                .isEqualTo(WheelParts.plans(List.of(two), store())
                        .get(0)
                        .parts()
                        .get(0)
                        .key());
    }
}
