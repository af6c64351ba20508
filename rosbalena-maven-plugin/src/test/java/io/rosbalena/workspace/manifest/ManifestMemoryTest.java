package io.rosbalena.workspace.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.Golden;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestMemoryTest {
    /** Written long before any test began. */
    private static final Path OLD = Path.of(System.getProperty("java.home"), "release");

    private static final String TEXT = """
            <package format="3">
              <name>robot</name>
              <version compatibility="0.9.0">1.0.0</version>
              <description>A <b>bold</b> one</description>
              <maintainer email="a@example.org">A</maintainer>
              <author>B</author>
              <license file="LICENSE">Apache-2.0</license>
              <url type="bugtracker">https://example.org</url>
              <depend version_gte="1.0" version_lt="2.0" condition="$ROS_VERSION == 2">rclcpp</depend>
              <group_depend>messages</group_depend>
              <member_of_group condition="$A">drivers</member_of_group>
              <export><build_type condition="$A == b">ament_cmake</build_type><x a="1" b="2"/></export>
            </package>
            """;

    @TempDir
    private Path folder;

    private final AtomicInteger readings = new AtomicInteger();

    private Optional<PackageManifest> ask(Path file) throws IOException {
        ManifestMemory memory = ManifestMemory.open(folder.resolve("memory"));
        Optional<PackageManifest> found = memory.find(file, () -> {
            readings.incrementAndGet();
            return parse(TEXT);
        });
        memory.keep();
        return found;
    }

    private static Optional<PackageManifest> parse(String text) {
        try {
            return Optional.of(PackageManifest.parse(text));
        } catch (InvalidManifestException e) {
            return Optional.empty();
        }
    }

    @Test
    void everyValidManifestComesBackAsItWas() throws IOException {
        SortedMap<String, ManifestMemory.Known> all = new TreeMap<>();
        all.put("rich", new ManifestMemory.Known("1 2 3 4", parse(TEXT).orElseThrow()));
        for (JsonValue sample : Golden.read("packagexml.json").items()) {
            parse(sample.get("xml").string())
                    .ifPresent(manifest -> all.put("p" + all.size(), new ManifestMemory.Known("s", manifest)));
        }

        assertThat(all).hasSizeGreaterThan(100);
        assertThat(ManifestCodec.decode(ManifestCodec.encode(all))).isEqualTo(all);
        assertThat(ManifestCodec.decode(ManifestCodec.encode(all)).values().toString())
                .as("attributes in their order")
                .contains("{a=1, b=2}");
    }

    @Test
    void aFileThatDidNotChangeIsReadOnlyOnce() throws IOException {
        assertThat(ask(OLD)).isEqualTo(parse(TEXT));
        assertThat(ask(OLD)).isEqualTo(parse(TEXT));
        assertThat(readings).hasValue(1);
    }

    @Test
    void aFileThatWasWrittenJustNowIsNotRemembered() throws IOException {
        Path file = Files.writeString(folder.resolve("package.xml"), TEXT);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        ask(file);
        ask(file);
        assertThat(readings).hasValue(2);
    }

    @Test
    void whatIsNotValidIsReadEachTime() throws IOException {
        ManifestMemory memory = ManifestMemory.open(folder.resolve("memory"));
        assertThat(memory.find(OLD, Optional::empty)).isEmpty();
        memory.keep();
        assertThat(ask(OLD)).isPresent();
        assertThat(readings).hasValue(1);
    }

    @Test
    void aDamagedMemoryHoldsNothing() throws IOException {
        byte[] good = ManifestCodec.encode(new TreeMap<>(
                Map.of("p", new ManifestMemory.Known("s", parse(TEXT).orElseThrow()))));
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 4;
            assertThat(ManifestCodec.decode(bad)).as("byte %d", i).isEmpty();
            assertThat(ManifestCodec.decode(Arrays.copyOf(good, i))).isEmpty();
        }
        assertThat(ManifestCodec.decode(good)).hasSize(1);
    }

    @Test
    void withoutAMemoryEverythingIsRead() throws IOException {
        ManifestMemory memory = ManifestMemory.none();
        assertThat(memory.find(OLD, () -> parse(TEXT))).isPresent();
        memory.keep();
        assertThat(folder).isEmptyDirectory();
    }
}
