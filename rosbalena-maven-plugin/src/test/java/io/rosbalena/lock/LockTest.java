package io.rosbalena.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import io.rosbalena.store.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class LockTest {
    private static final Lock LOCK = new Lock(
            Digest.of("asked"),
            Optional.of(Digest.of("asked by tests")),
            "deflate-4",
            new TreeMap<>(Map.of("rosdep/base.yaml", Digest.of("base"))),
            new TreeMap<>(Map.of(
                    "debian-stable-main",
                    new LockedArchive(
                            "Debian",
                            "Debian \"odd\", label: {x}",
                            "bookworm",
                            "main",
                            "ABCDEF0123",
                            Optional.of("2031-02-01"),
                            Digest.of("InRelease"),
                            "2026-11-20T08:00:00Z",
                            List.of(Digest.of("InRelease of another platform"))))),
            new TreeMap<>(Map.of(
                    "db", new LockedImage("postgres:16", new TreeMap<>(Map.of("linux/amd64", Digest.of("postgres")))))),
            new TreeMap<>(Map.of(
                    "linux/amd64",
                    new LockedPlatform(
                            new LockedBase("apt", Optional.empty(), List.of(Digest.of("a"), Digest.of("b"))),
                            false,
                            new TreeMap<>(Map.of("user messagebus", 100)),
                            List.of(
                                    debian("zlib1g", "1:1.2.13.dfsg-1", "yes"),
                                    debian("adduser", "3.134", "a: \\b, \"c\"")),
                            List.of(
                                    new LockedWheel(
                                            "numpy", "2.0", "numpy-2.0.whl", 12, Digest.of("numpy"), Optional.empty()),
                                    new LockedWheel(
                                            "made",
                                            "1.0",
                                            "made-1.0-py3-none-any.whl",
                                            7,
                                            Digest.of("made"),
                                            Optional.of(
                                                    new LockedWheel.Source("made-1.0.tar.gz", Digest.of("sources"))))),
                            new TreeMap<>(Map.of(
                                    "perception", List.of("zlib1g", "adduser"), LockedPlatform.BUILD, List.of())),
                            new TreeMap<>(Map.of("perception", List.of("zlib1g-dev")))))));

    private static LockedPackage debian(String name, String version, String why) {
        return new LockedPackage(
                name,
                version,
                "amd64",
                "debian-stable-main",
                "pool/" + name,
                4711,
                Digest.of(name),
                "system",
                true,
                why);
    }

    @Test
    void whatWasWrittenReadsTheSame() {
        assertThat(LockReader.read("rosbalena.lock", LockWriter.write(LOCK))).isEqualTo(LOCK);
    }

    @Test
    void anEmptyLockReadsTheSame() {
        Lock empty = new Lock(
                Digest.of(""),
                Optional.empty(),
                "x",
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>());
        assertThat(LockReader.read("l", LockWriter.write(empty))).isEqualTo(empty);
    }

    @Test
    void aMergeConflictIsToldAsOne() {
        String written = new String(LockWriter.write(LOCK), StandardCharsets.UTF_8);
        String conflict = written.replace("archives:", "<<<<<<< HEAD\narchives:");
        assertThatThrownBy(() -> LockReader.read("rosbalena.lock", conflict.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("rosbalena.lock:7: error RB304")
                .hasMessageContaining("git checkout --ours");
    }

    @Test
    void aYamlReaderFindsTheSameValues() {
        Map<String, Object> yaml = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(new String(LockWriter.write(LOCK), StandardCharsets.UTF_8));
        assertThat(yaml)
                .containsEntry("schema", 1)
                .containsEntry("asked", Digest.of("asked").toString());
        assertThat(yaml.toString()).contains("Debian \"odd\", label: {x}", "1:1.2.13.dfsg-1", "name=adduser");
        Map<?, ?> platform = (Map<?, ?>) ((Map<?, ?>) yaml.get("platforms")).get("linux/amd64");
        Map<?, ?> adduser = (Map<?, ?>) ((List<?>) platform.get("packages")).get(0);
        assertThat(adduser.get("version")).isEqualTo("3.134");
        assertThat(adduser.get("why")).isEqualTo("a: \\b, \"c\"");
        assertThat(adduser.get("auto")).isEqualTo(true);
    }

    @Test
    void aPackageIsOneLineAndPackagesAreSorted() {
        String text = new String(LockWriter.write(LOCK), StandardCharsets.UTF_8);
        assertThat(text.lines().filter(line -> line.contains("filename: pool/")))
                .hasSize(2)
                .isSorted();
    }

    @Test
    void aNewerSchemaIsRefusedWithFileAndLine() {
        String newer = new String(LockWriter.write(LOCK), StandardCharsets.UTF_8).replace("schema: 1", "schema: 2");
        assertThatThrownBy(() -> LockReader.read("rosbalena.lock", newer.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("rosbalena.lock:1: error RB301")
                .hasMessageContaining("schema 2");
    }

    @Test
    void everyCutOrDamagedLineIsToldWithItsNumber() {
        String[] lines = new String(LockWriter.write(LOCK), StandardCharsets.UTF_8).split("\n");
        for (int i = 1; i < lines.length; i++) {
            String[] damaged = lines.clone();
            damaged[i] = "  " + damaged[i];
            byte[] bytes = String.join("\n", damaged).concat("\n").getBytes(StandardCharsets.UTF_8);
            int line = i + 1;
            assertThatThrownBy(() -> LockReader.read("rosbalena.lock", bytes))
                    .isInstanceOf(FindingException.class)
                    .hasMessageContaining("rosbalena.lock:" + line + ": error RB302");
        }
    }
}
