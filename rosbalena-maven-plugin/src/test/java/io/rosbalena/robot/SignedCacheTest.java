package io.rosbalena.robot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.finding.FindingException;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.registry.LocalRegistry;
import io.rosbalena.registry.Logins;
import io.rosbalena.registry.Relay;
import io.rosbalena.registry.TokenServer;
import io.rosbalena.signing.KeyOnDisk;
import io.rosbalena.store.Digest;
import io.rosbalena.store.DirectoryRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole goals of machines that share what they computed in Debian's docker-registry, signed. */
class SignedCacheTest {
    private static final String REPOSITORY = "team/cache";

    @TempDir
    private Path folder;

    @TempDir
    private Path storage;

    private SmallRobot robot;
    private LocalRegistry registry;
    private SignedTags tags;
    private KeyOnDisk key;
    private int machines;

    @BeforeEach
    void startARegistry() throws Exception {
        robot = SmallRobot.in(folder);
        registry = LocalRegistry.open(storage);
        tags = new SignedTags(registry, REPOSITORY);
        key = KeyOnDisk.make(folder, "ci");
        robot.cache(registry.host() + "/" + REPOSITORY).cacheKeys(key.pem());
    }

    @AfterEach
    void close() {
        registry.close();
    }

    /** The machine that signs builds the robot. */
    private Map<String, String> signed() throws Exception {
        robot.signingWith(key.file()).build();
        robot.signingNothing();
        return output();
    }

    /** The same project on a machine with an empty store. */
    private SmallRobot anotherMachine() throws IOException {
        DirectoryRemoval.remove(robot.file("target"));
        return robot.store(folder.resolve("machine " + ++machines)).locked();
    }

    /** Another build of the same layers: a command stands in the manifest alone. */
    private SmallRobot anotherCommand() throws IOException {
        String compose = Files.readString(robot.file("docker-compose.yml"));
        return robot.write("docker-compose.yml", compose.replace("command: [hello]", "command: [hello, again]"));
    }

    private Map<String, String> output() throws IOException {
        Map<String, String> files = new TreeMap<>();
        Path target = robot.file("target/rosbalena");
        try (Stream<Path> found = Files.walk(target)) {
            for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                if (!file.endsWith("timing.json")) {
                    files.put(
                            target.relativize(file).toString(), Digest.of(file).hex());
                }
            }
        }
        return files;
    }

    private static Map<String, String> blobs(Map<String, String> output) {
        Map<String, String> blobs = new TreeMap<>(output);
        blobs.keySet().removeIf(name -> !name.startsWith("images/blobs"));
        return blobs;
    }

    private List<String> results(String stage) throws IOException {
        Path kept = robot.storeFolder().resolve("results").resolve(stage);
        if (!Files.isDirectory(kept)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(kept)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private String said() {
        return String.join("\n", robot.said());
    }

    private FindingException refused() {
        return catchThrowableOfType(
                FindingException.class, () -> anotherMachine().build());
    }

    /** What a machine does that is refused a result: it keeps nothing of it, and writes no image. */
    private void assertNothingIsKept(String stage) throws IOException {
        assertThat(results(stage)).isEmpty();
        assertThat(robot.file("target/rosbalena/images")).doesNotExist();
    }

    @Test
    void aSecondMachineTakesTheWholeBuild() throws Exception {
        Map<String, String> before = signed();
        assertThat(tags.of("build")).hasSize(1);
        assertThat(tags.of("layer")).isNotEmpty();
        DirectoryRemoval.remove(robot.archive().root());
        anotherMachine().build();

        assertThat(output()).isEqualTo(before);
        assertThat(said()).contains("nothing changed").doesNotContain("warning", "Writing layers");
        assertThat(results("deb-facts")).isEmpty();
    }

    @Test
    void aSecondMachineWritesNoLayerThatIsThere() throws Exception {
        Map<String, String> before = signed();
        DirectoryRemoval.remove(robot.archive().root());
        anotherMachine();
        anotherCommand().build();

        assertThat(said()).contains("results came from the cache " + registry.host() + "/" + REPOSITORY);
        assertThat(results("layer-part-1")).as("parts that were packed here").isEmpty();
        assertThat(results("layer"))
                .hasSameSizeAs(tags.of("layer"))
                .allMatch(name -> name.matches("[0-9a-f]{64}-[0-9a-f]{64}\\.json"));
        assertThat(results("deb-facts")).allMatch(name -> name.contains("-"));
        assertThat(said()).as("packages that nobody opens").doesNotContain("files that the store lacked");
        assertThat(blobs(output())).isEqualTo(blobs(before));
    }

    @Test
    void packagesComeAsSoonAsOneOfThemMustBeOpened() throws Exception {
        Map<String, String> before = signed();
        Files.delete(
                registry.file(Digest.parse(tags.files(tags.of("build").get(0)).get(0))));
        String layer = layerOfPackages();
        Files.delete(registry.file(Digest.parse(tags.files(layer).get(1))));
        anotherMachine().build();

        assertThat(said()).contains("4 of 4 files that the store lacked came from the cache");
        assertThat(results("layer")).contains(layer.substring("rosbalena-layer-".length()) + ".json");
        assertThat(results("layer")).hasSameSizeAs(tags.of("layer"));
        assertThat(output()).isEqualTo(before);
    }

    /** The tag of a layer for which packages must be opened, which the layer of dpkg's state needs not. */
    private String layerOfPackages() throws IOException, InterruptedException {
        String report = Files.readString(robot.file("target/rosbalena/build.json"));
        for (JsonValue layer : Json.parse(report.getBytes(UTF_8))
                .get("services")
                .get("talker")
                .get("platforms")
                .get("linux/amd64")
                .get("layers")
                .items()) {
            if (layer.get("kind").string().equals("system")) {
                String digest = layer.get("digest").string();
                for (String tag : tags.of("layer")) {
                    if (tags.files(tag).contains(digest)) {
                        return tag;
                    }
                }
            }
        }
        throw new AssertionError("no layer of packages in " + report);
    }

    @Test
    void opensslFindsTheSignaturesRight() throws Exception {
        signed();
        for (String tag : tags.of("layer")) {
            tags.verify(tag, 1, key);
        }
        KeyOnDisk other = KeyOnDisk.make(folder, "other");
        String tag = tags.of("layer").get(0);
        assertThat(catchThrowableOfType(AssertionError.class, () -> tags.verify(tag, 1, other)))
                .hasMessageContaining("openssl");
        assertThat(catchThrowableOfType(AssertionError.class, () -> tags.verify(tag, 2, key)))
                .hasMessageContaining("openssl");
    }

    @Test
    void theSameResultIsTheSameManifestWhoeverMadeIt() throws Exception {
        signed();
        anotherMachine();
        SignedTags others = new SignedTags(registry, "other/cache");
        robot.cache(registry.host() + "/other/cache").signingWith(key.file()).build();

        assertThat(others.all()).isEqualTo(tags.all()).hasSizeGreaterThan(2);
        for (String tag : tags.all()) {
            assertThat(others.manifest(tag)).isEqualTo(tags.manifest(tag));
        }
    }

    @Test
    void withoutAKeyToSignWithOnlyLockedFilesAreGiven() throws Exception {
        robot.build();
        assertThat(said()).contains("files of this lock to the cache");
        assertThat(tags.all()).isEmpty();
    }

    @Test
    void withoutKeysOrACacheNothingIsAskedFor() throws Exception {
        signed();
        try (Relay relay = new Relay(registry.host(), (method, path, earlier) -> Relay.Fault.NONE)) {
            robot.cache(relay.host() + "/" + REPOSITORY).cacheKeys();
            anotherMachine().build();
            assertThat(relay.requests).isNotEmpty().noneMatch(line -> line.matches(".*rosbalena-[a-z].*-.*"));
            assertThat(results("layer-part-1")).isNotEmpty();
        }
    }

    @Test
    void whatIsThereIsGivenAtNoCost() throws Exception {
        signed();
        try (Relay relay = new Relay(registry.host(), (method, path, earlier) -> Relay.Fault.NONE)) {
            robot.cache(relay.host() + "/" + REPOSITORY).signingWith(key.file()).build();
            assertThat(relay.requests).noneMatch(line -> line.startsWith("PUT") || line.startsWith("POST"));
            assertThat(said()).doesNotContain("signed");
        }
    }

    @Test
    void anUnsignedResultEndsTheBuild() throws Exception {
        signed();
        String tag = tags.of("build").get(0);
        tags.put(tag, tags.manifest(tag).replaceAll(",\"annotations\":\\{[^}]*\\}", ""));
        FindingException e = refused();

        assertThat(e.findings()).hasSize(1);
        assertThat(e.getMessage())
                .contains(
                        "RB340 a result of the stage build in the cache " + registry.host() + "/" + REPOSITORY
                                + " is not signed",
                        tag);
        assertNothingIsKept("build");
    }

    @Test
    void anOrdinaryImageUnderTheNameOfAResultEndsTheBuild() throws Exception {
        signed();
        String tag = tags.of("build").get(0);
        tags.put(tag, tags.manifest(tag).replace("application/vnd.rosbalena.result.v1", "application/x-other"));

        assertThat(refused()).hasMessageContaining("RB340");
    }

    @Test
    void aStrangersSignatureEndsTheBuild() throws Exception {
        signed();
        KeyOnDisk stranger = KeyOnDisk.make(folder, "stranger");
        FindingException e = catchThrowableOfType(
                FindingException.class,
                () -> anotherMachine().cacheKeys(stranger.pem()).build());

        assertThat(e.findings()).hasSize(1);
        assertThat(e.getMessage()).contains("RB341", "is signed by the key sha256:", "which is not in <cacheKeys>");
        assertNothingIsKept("build");
    }

    @Test
    void aSignatureThatIsNotRightEndsTheBuild() throws Exception {
        signed();
        String tag = tags.of("build").get(0);
        String right = tags.manifest(tag);
        String files = "\"layers\":[{";
        for (String wrong : List.of(
                right.replaceAll("(io.rosbalena.signature\":\")(.{10})..", "$1$2AA"),
                right.replaceAll("(io.rosbalena.signature\":\").{8}", "$1"),
                // The first two files change places.
                right.replaceAll("(\"layers\":\\[)(\\{[^}]*\\}),(\\{[^}]*\\})", "$1$3,$2"),
                right.replaceAll("(\"layers\":\\[\\{[^}]*\\}),\\{[^}]*\\}", "$1"))) {
            assertThat(wrong).isNotEqualTo(right).contains(files);
            tags.put(tag, wrong);
            assertThat(refused()).hasMessageContaining("RB342").hasMessageContaining("it was changed, or signed for");
            assertNothingIsKept("build");
        }
    }

    @Test
    void aResultSignedForAnotherNameEndsTheBuild() throws Exception {
        signed();
        List<String> layers = tags.of("layer");
        assertThat(layers).hasSizeGreaterThan(1);
        tags.put(layers.get(0), tags.manifest(layers.get(1)));
        anotherMachine();
        FindingException e = catchThrowableOfType(
                FindingException.class, () -> anotherCommand().build());

        assertThat(e.findings()).hasSize(1);
        assertThat(e.getMessage()).contains("RB342 a result of the stage layer", layers.get(0));
        assertThat(results("layer"))
                .noneMatch(name -> name.startsWith(layers.get(0).substring(16)));

        tags.put(tags.of("build").get(0), tags.manifest(layers.get(1)));
        robot.write(
                "docker-compose.yml",
                Files.readString(robot.file("docker-compose.yml")).replace(", again", ""));
        assertThat(refused()).hasMessageContaining("RB342 a result of the stage build");
    }

    @Test
    void otherBytesThanWereSignedEndTheBuild() throws Exception {
        signed();
        for (int place : new int[] {0, 1}) {
            Digest changed = Digest.parse(tags.files(tags.of("build").get(0)).get(place));
            byte[] before = Files.readAllBytes(registry.file(changed));
            byte[] bytes = before.clone();
            bytes[bytes.length / 2] ^= 1;
            Files.write(registry.file(changed), bytes);
            FindingException e = refused();
            Files.write(registry.file(changed), before);

            assertThat(e.findings()).hasSize(1);
            assertThat(e.getMessage()).contains("RB343", "other bytes than were signed as " + changed);
            assertThat(robot.storeFolder().resolve("blobs/sha256").resolve(changed.hex()))
                    .doesNotExist();
            assertNothingIsKept("build");
        }
    }

    @Test
    void whatIsNotThereIsMadeHere() throws Exception {
        Map<String, String> before = signed();
        Files.delete(
                registry.file(Digest.parse(tags.files(tags.of("build").get(0)).get(0))));
        for (String tag : tags.of("layer")) {
            DirectoryRemoval.remove(
                    storage.resolve("data/docker/registry/v2/repositories/" + REPOSITORY + "/_manifests/tags/" + tag));
        }
        anotherMachine().build();

        assertThat(output()).isEqualTo(before);
        assertThat(said()).doesNotContain("warning");
        assertThat(results("layer-part-1")).isNotEmpty();
    }

    @Test
    void withoutTheCacheABuildGoesOnAndSaysSoOnce() throws Exception {
        robot.signingWith(key.file());
        registry.close();
        robot.build();

        assertThat(said()).containsOnlyOnce("RB517").doesNotContain("RB519");
        assertThat(output()).isNotEmpty();
    }

    @Test
    void whoMayNotPushIsToldOnceAndHasHisImages() throws Exception {
        try (TokenServer tokens = TokenServer.start(folder);
                LocalRegistry readOnly =
                        LocalRegistry.withTokens(Files.createDirectories(storage.resolve("tokens")), tokens)) {
            robot.cache(readOnly.host() + "/" + REPOSITORY)
                    .signingWith(key.file())
                    .logins(Logins.NONE)
                    .build();
            assertThat(said()).containsOnlyOnce("warning RB51").contains("RB519");
            assertThat(output()).isNotEmpty();
        }
    }

    /** As an interrupt leaves it: blobs, and nothing that names them. */
    @Test
    void aResultIsNamedWhenAllOfItIsThere() throws Exception {
        try (Relay relay = new Relay(
                registry.host(),
                (method, path, earlier) -> method.equals("PUT") && path.contains("/manifests/rosbalena-layer")
                        ? Relay.Fault.DROPPED
                        : Relay.Fault.NONE)) {
            robot.cache(relay.host() + "/" + REPOSITORY).signingWith(key.file()).build();
        }
        assertThat(said()).containsOnlyOnce("warning RB519").doesNotContain("RB517");
        assertThat(output()).isNotEmpty();
        assertThat(tags.of("layer")).isEmpty();
        robot.cache(registry.host() + "/" + REPOSITORY).signingNothing();
        Map<String, String> before = output();
        anotherMachine().build();
        assertThat(output()).isEqualTo(before);
    }

    @Test
    void resultsCountAsLongAsTheirSignerIsTrusted() throws Exception {
        Map<String, String> before = signed();
        anotherMachine().build();
        assertThat(results("build")).hasSize(1).allMatch(name -> name.contains("-"));
        robot.cache("127.0.0.1:1/none").cacheKeys(KeyOnDisk.make(folder, "next").pem());
        DirectoryRemoval.remove(robot.file("target"));
        robot.build();

        assertThat(said()).contains("Writing layers").doesNotContain("nothing changed");
        assertThat(results("layer-part-1")).isNotEmpty();
        assertThat(output()).isEqualTo(before);
    }

    /** Whoever computed a result signs it with the new key; what others signed he leaves as it is. */
    @Test
    void keysAreChangedOneAfterTheOther() throws Exception {
        Map<String, String> before = signed();
        KeyOnDisk next = KeyOnDisk.make(folder, "next");
        robot.cacheKeys(key.pem(), next.line()).signingWith(next.file());
        robot.build();
        for (String tag : tags.of("layer")) {
            tags.verify(tag, 1, next);
        }
        robot.cacheKeys(next.pem()).signingNothing();
        anotherMachine();
        anotherCommand().build();

        assertThat(results("layer-part-1")).isEmpty();
        assertThat(blobs(output())).isEqualTo(blobs(before));
    }

    @Test
    void aKeyThatDoesNotFitIsToldBeforeAnythingIsDone() throws Exception {
        KeyOnDisk stranger = KeyOnDisk.make(folder, "stranger");
        assertThat(catchThrowableOfType(
                        FindingException.class,
                        () -> robot.signingWith(stranger.file()).build()))
                .hasMessageContaining("RB347");
        assertThat(catchThrowableOfType(
                        FindingException.class, () -> robot.cacheKeys("x").build()))
                .hasMessageContaining("RB344");
        assertThat(robot.file("target")).doesNotExist();
    }
}
