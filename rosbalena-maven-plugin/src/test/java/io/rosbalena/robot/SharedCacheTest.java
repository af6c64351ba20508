package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.finding.FindingException;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockFile;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.registry.LocalRegistry;
import io.rosbalena.registry.Login;
import io.rosbalena.registry.Logins;
import io.rosbalena.registry.Relay;
import io.rosbalena.registry.TestImages;
import io.rosbalena.registry.TokenServer;
import io.rosbalena.robot.resolving.ResolveFormat;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.DirectoryRemoval;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.LocalServer;
import io.rosbalena.wheel.IndexOnDisk;
import io.rosbalena.wheel.WheelOnDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole goals of several machines that share Debian's docker-registry as their cache. */
class SharedCacheTest {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    @TempDir
    private Path folder;

    @TempDir
    private Path storage;

    private SmallRobot robot;
    private LocalRegistry registry;
    private int machines;

    @BeforeEach
    void startARegistry() throws Exception {
        robot = SmallRobot.in(folder);
        registry = LocalRegistry.open(storage);
        robot.cache(registry.host() + "/team/cache");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private Lock lock() throws IOException {
        return LockFile.read(robot.file("rosbalena.lock"), "rosbalena.lock")
                .orElseThrow()
                .lock();
    }

    private LockedPackage hello() throws IOException {
        return lock().platforms().get("linux/amd64").find("hello").orElseThrow();
    }

    /** The same project on a machine that has fetched nothing. */
    private SmallRobot anotherMachine() throws IOException {
        DirectoryRemoval.remove(robot.file("target"));
        return robot.store(folder.resolve("machine " + ++machines)).locked();
    }

    private void loseTheArchive() throws IOException {
        DirectoryRemoval.remove(robot.archive().root());
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

    private String said() {
        return String.join("\n", robot.said());
    }

    private List<String> tags() throws IOException, InterruptedException {
        return Json.parse(registry.raw("/v2/team/cache/tags/list", "*/*"))
                .get("tags")
                .strings();
    }

    @Test
    void aSecondMachineBuildsTheSameBytesWithoutAnyArchive() throws Exception {
        robot.build();
        assertThat(said())
                .containsPattern("gave ([0-9]+) of \\1 files of this lock to the cache " + registry.host()
                        + "/team/cache, [0-9.]+ [kM]?B");
        Map<String, String> before = output();
        loseTheArchive();
        anotherMachine().build();

        assertThat(said())
                .contains("4 of 4 files that the store lacked came from the cache " + registry.host() + "/team/cache")
                .doesNotContain("warning");
        assertThat(output()).isEqualTo(before);
    }

    @Test
    void theCacheHasPackagesAndSignedIndexesByTheirDigest() throws Exception {
        robot.lock();

        assertThat(tags()).hasSize(1);
        List<Digest> shared = new ArrayList<>();
        for (JsonValue layer : Json.parse(registry.raw("/v2/team/cache/manifests/" + tags().get(0), MANIFEST))
                .get("layers")
                .items()) {
            shared.add(Digest.parse(layer.get("digest").string()));
        }
        Lock lock = lock();
        assertThat(shared)
                .containsAll(lock.platforms().get("linux/amd64").packages().stream()
                        .map(LockedPackage::sha256)
                        .toList())
                .contains(Digest.of(robot.archive().dists().resolve("InRelease")))
                .contains(Digest.of(robot.archive().dists().resolve("main/binary-amd64/Packages.xz")))
                .hasSize(6);
        assertThat(registry.raw("/v2/team/cache/blobs/" + hello().sha256(), "*/*"))
                .isEqualTo(Files.readAllBytes(robot.archive().root().resolve(hello().filename())));
    }

    @Test
    void aCacheThatHasEverythingIsAskedOneQuestion() throws Exception {
        try (Relay relay = new Relay(registry.host(), (method, path, earlier) -> Relay.Fault.NONE)) {
            robot.cache(relay.host() + "/team/cache").build();
            relay.requests.clear();
            robot.build();

            assertThat(said()).contains("nothing changed");
            assertThat(relay.requests).hasSize(2).first().isEqualTo("GET /v2/");
            assertThat(relay.requests.get(1)).isEqualTo("HEAD /v2/team/cache/manifests/" + tags().get(0));
            assertThat(tags()).hasSize(1);
        }
    }

    @Test
    void offlineTheCacheIsNotAsked() throws Exception {
        robot.lock();
        try (Relay relay = new Relay(registry.host(), (method, path, earlier) -> Relay.Fault.NONE)) {
            robot.cache(relay.host() + "/team/cache").offline().build();
            assertThat(relay.requests).isEmpty();
            assertThat(said()).doesNotContain("cache");
        }
    }

    /** Registries remove blobs that no manifest names. */
    @Test
    void whatWasGivenOutlivesTheCollectionOfGarbage() throws Exception {
        robot.build();
        Map<String, String> before = output();
        BlobStore other = BlobStore.open(folder.resolve("other"));
        Digest nobodys = other.put("nobody's".getBytes(StandardCharsets.UTF_8));
        registry.registries(Logins.NONE)
                .at(registry.host())
                .pushBlob("team/cache", nobodys, other, List.of(), Progress.SILENT);
        registry.collectGarbage();
        assertThat(registry.file(nobodys)).doesNotExist();
        assertThat(registry.file(hello().sha256())).exists();
        loseTheArchive();
        anotherMachine().build();

        assertThat(output()).isEqualTo(before);
    }

    @Test
    void whatWasChangedInTheCacheIsRefusedAndComesFromTheArchive() throws Exception {
        robot.build();
        Map<String, String> before = output();
        Path changed = registry.file(hello().sha256());
        byte[] bytes = Files.readAllBytes(changed);
        bytes[bytes.length / 2] ^= 1;
        Files.write(changed, bytes);
        anotherMachine().build();

        assertThat(said())
                .contains("3 of 4 files")
                .containsOnlyOnce("warning RB518 the cache " + registry.host()
                        + "/team/cache gives other bytes than were locked, which are not used: hello 1.0-1");
        assertThat(output()).isEqualTo(before);

        Files.write(changed, "short".getBytes(StandardCharsets.UTF_8));
        anotherMachine().build();
        assertThat(said()).contains("RB518");
        loseTheArchive();
        FindingException e = catchThrowableOfType(
                FindingException.class, () -> anotherMachine().build());
        assertThat(e.getMessage()).contains("RB251", "hello_1.0-1_amd64.deb");
        assertThat(Files.exists(robot.storeFolder()
                        .resolve("blobs/sha256")
                        .resolve(hello().sha256().hex())))
                .isFalse();
    }

    @Test
    void withoutTheCacheABuildGoesOnAndSaysSoOnce() throws Exception {
        registry.close();
        robot.build();

        assertThat(said()).containsOnlyOnce("warning RB517 going on without the cache " + registry.host());
        assertThat(said()).doesNotContain("RB519");
        assertThat(output()).isNotEmpty();
    }

    @Test
    void whoMayNotPushIsToldOnceAndHasHisImages() throws Exception {
        try (TokenServer tokens = TokenServer.start(folder);
                LocalRegistry readOnly =
                        LocalRegistry.withTokens(Files.createDirectories(storage.resolve("tokens")), tokens)) {
            robot.cache(readOnly.host() + "/team/cache").build();
            assertThat(said()).containsOnlyOnce("warning RB519 the cache " + readOnly.host());
            assertThat(said()).doesNotContain("RB517");
            assertThat(output()).isNotEmpty();

            robot.logins((host, repository) -> Optional.of(Login.password("robot", "mistaken")))
                    .lock();
            assertThat(said()).containsOnlyOnce("warning RB51").doesNotContain("mistaken");

            robot.logins((host, repository) -> Optional.of(Login.password("robot", "secret")))
                    .lock();
            assertThat(said()).contains("gave 6 of 6 files of this lock").doesNotContain("warning", "secret");

            robot.logins(Logins.NONE).lock();
            assertThat(said()).doesNotContain("warning");
        }
    }

    @Test
    void packagesThatVanishedFromTheArchiveComeFromTheCache() throws Exception {
        robot.build();
        Map<String, String> before = output();
        Files.delete(robot.archive().root().resolve(hello().filename()));
        anotherMachine().build();

        assertThat(output()).isEqualTo(before);
    }

    @Test
    void ofPackagesThatAreNowhereIsToldWhereTheyWereLookedFor() throws Exception {
        robot.cache("127.0.0.1:1/none").lock();
        for (String name : List.of("hello", "libhello1")) {
            Files.delete(robot.archive()
                    .root()
                    .resolve(lock().platforms()
                            .get("linux/amd64")
                            .find(name)
                            .orElseThrow()
                            .filename()));
        }
        robot.cache(registry.host() + "/team/cache");
        FindingException e = catchThrowableOfType(
                FindingException.class, () -> anotherMachine().build());

        assertThat(e.findings()).hasSize(1);
        assertThat(e.getMessage())
                .contains(
                        "error RB251 2 locked packages are nowhere any more: not in the store, not in the cache "
                                + registry.host() + "/team/cache, and not where their archive is",
                        "Debian/Debian/bookworm/main, looked for at "
                                + robot.archive().uri(),
                        "pool/hello_1.0-1_amd64.deb, pool/libhello1_1.0-1_amd64.deb",
                        "mvn rosbalena:lock -Drosbalena.update=hello,libhello1 takes");
    }

    /** A service is added a year later, which needs nothing that was not locked. */
    @Test
    void aStaleLockIsCompletedFromTheCacheWhenArchivesAreGone() throws Exception {
        robot.build();
        Lock before = lock();
        loseTheArchive();
        robot.write("docker-compose.yml", Files.readString(robot.file("docker-compose.yml")) + """
                  listener:
                    command: [hello]
                    x-rosbalena:
                      apt: [libhello1]
                """);
        robot.later(Duration.ofDays(400)).store(folder.resolve("another")).build();

        assertThat(said()).containsOnlyOnce("warning RB313").contains("no signed Release file");
        assertThat(robot.packages("listener")).contains("libhello1");
        assertThat(lock().archives()).isEqualTo(before.archives());
        assertThat(lock().platforms().get("linux/amd64").packages())
                .extracting(LockedPackage::name, LockedPackage::version, LockedPackage::sha256, LockedPackage::layer)
                .isEqualTo(before.platforms().get("linux/amd64").packages().stream()
                        .map(one -> Tuple.tuple(one.name(), one.version(), one.sha256(), one.layer()))
                        .toList());
        assertThat(robot.file("target/rosbalena/images/index.json")).content().contains("listener");

        FindingException e = catchThrowableOfType(FindingException.class, () -> robot.lock());
        assertThat(e.getMessage()).contains("RB204");
    }

    private Digest base() throws IOException {
        return lock().platforms().get("linux/amd64").base().manifest().orElseThrow();
    }

    private void services(String... lines) throws IOException {
        robot.write("docker-compose.yml", "services:\n  " + String.join("\n  ", lines) + "\n");
    }

    @Test
    void aBaseStaysWhereItsTagMovesAndComesFromTheCacheWhenItsRegistryIsGone() throws Exception {
        robot.archive()
                .deb("extra", "1", "amd64")
                .deb("more", "1", "amd64")
                .debWith(
                        Map.of("etc/os-release", "ID=debian\nVERSION_ID=12\nVERSION_CODENAME=bookworm\n"),
                        "base-files",
                        "12.1",
                        "amd64",
                        "Essential: yes",
                        "Priority: required");
        services(
                "one: {command: [x], x-rosbalena: {apt: [hello]}}",
                "two: {command: [x], x-rosbalena: {apt: [hello, more]}}");
        robot.publish().build();
        Digest first;
        try (LocalRegistry bases = LocalRegistry.open(Files.createDirectories(storage.resolve("bases")))) {
            bases.copy("oci:" + robot.file("target/rosbalena/images") + ":one", "base:1");
            bases.copy("oci:" + robot.file("target/rosbalena/images") + ":two", "base:2");
            Files.delete(robot.file("rosbalena.lock"));
            services("talker: {command: [x], x-rosbalena: {apt: [extra]}}");
            robot.from("registry:" + bases.host() + "/base:1").build();
            first = base();
            bases.skopeo(
                    "copy",
                    "--src-tls-verify=false",
                    "--dest-tls-verify=false",
                    "docker://" + bases.host() + "/base:2",
                    "docker://" + bases.host() + "/base:1");
            services("listener: {command: [x], x-rosbalena: {apt: [extra]}}");
            robot.build();
            assertThat(base()).isEqualTo(first);
            robot.lock();
            assertThat(base()).isNotEqualTo(first);
        }
        Digest second = base();
        loseTheArchive();
        services("speaker: {command: [x], x-rosbalena: {apt: [extra]}}");
        robot.store(folder.resolve("another")).build();

        assertThat(base()).isEqualTo(second);
        assertThat(robot.packages("speaker")).containsExactly("extra");
        assertThat(robot.file("target/rosbalena/images/index.json")).content().contains("speaker");
    }

    @Test
    void finishedImagesComeFromTheCacheWhenTheirRegistryIsGone() throws Exception {
        robot.write("docker-compose.yml", Files.readString(robot.file("docker-compose.yml")) + """
                  broker:
                    image: %s
                """);
        Map<String, String> before;
        try (LocalRegistry images = LocalRegistry.open(Files.createDirectories(storage.resolve("images")))) {
            images.copy(
                    TestImages.create(folder).add("broker", "amd64", 100_000).reference("broker"), "broker:1");
            robot.write(
                    "docker-compose.yml",
                    Files.readString(robot.file("docker-compose.yml")).formatted(images.host() + "/broker:1"));
            robot.build();
            before = output();
        }
        loseTheArchive();
        anotherMachine().build();

        assertThat(output()).isEqualTo(before);
    }

    @Test
    void databasesThatWereLockedComeFromTheCache() throws Exception {
        robot.archive().deb("topic", "1", "amd64").deb("node", "1", "amd64");
        robot.publish();
        Map<String, String> served = new TreeMap<>(Map.of(
                "/base.yaml", "ros2topic: {debian: [topic]}\nros2node: {debian: [node]}\n",
                "/index.yaml", "type: index\nversion: 4\ndistributions: {humble: {distribution: []}}\n"));
        try (LocalServer server = new LocalServer(exchange -> LocalServer.answer(
                exchange, 200, served.get(exchange.getRequestURI().toString()).getBytes(StandardCharsets.UTF_8)))) {
            robot.databases(
                    server.uri("/index.yaml").toString(),
                    server.uri("/base.yaml").toString());
            String compose = Files.readString(robot.file("docker-compose.yml"));
            robot.write("docker-compose.yml", compose.replace("command: [hello]", "command: [ros2, topic]"))
                    .build();
            served.put("/base.yaml", "ros2topic: {debian: [hello]}\nros2node: {debian: [hello]}\n");
            robot.write("docker-compose.yml", compose.replace("command: [hello]", "command: [ros2, node]"))
                    .store(folder.resolve("another"))
                    .build();
        }
        assertThat(robot.packages("talker")).contains("node").doesNotContain("topic");
    }

    @Test
    void wheelsComeFromTheCacheWhenTheirIndexIsGone() throws Exception {
        robot = ListeningRobot.in(folder.resolve("listening")).cache(registry.host() + "/team/cache");
        robot.archive()
                .deb("libc6", "2.36-9+deb12u1", "amd64")
                .deb("python3-minimal", "3.11.2-1+b1", "amd64")
                .deb("python3.11-minimal", "3.11.2-6+deb12u2", "amd64")
                .deb("python3", "3.11.2-1+b1", "amd64", "Depends: libc6, python3-minimal, python3.11-minimal");
        IndexOnDisk index = IndexOnDisk.in(folder.resolve("index")).wheel(WheelOnDisk.of("arm_driver", "1.0"));
        String manifest = Files.readString(robot.file("src/listener/package.xml"));
        robot.publish()
                .pipIndexes(index.uri())
                .write("rosdep/overlay.yaml", "arm_pip: {debian: {pip: {packages: [arm-driver]}}}\n")
                .write(
                        "src/listener/package.xml",
                        manifest.replace("</package>", "<exec_depend>arm_pip</exec_depend></package>"))
                .lock();
        DirectoryRemoval.remove(folder.resolve("index"));
        loseTheArchive();

        assertThat(anotherMachine()
                        .resolve(ResolveFormat.TREE, Optional.of("arm-driver"), "chat")
                        .lines())
                .anyMatch(line -> line.contains("arm-driver 1.0"));
    }

    @Test
    void whatIsNoRepositoryIsRefused() {
        for (String text : List.of("cache:latest", "host/cache@sha256:0", "Host/Team/Cache", "http://host/cache")) {
            FindingException e = catchThrowableOfType(
                    FindingException.class, () -> robot.cache(text).build());
            assertThat(e.getMessage()).contains("RB516 the cache \"" + text + "\" is no repository");
        }
    }
}
