package io.rosbalena.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import io.rosbalena.image.BaseImage;
import io.rosbalena.image.BaseImages;
import io.rosbalena.image.ImageManifest;
import io.rosbalena.image.ImageMirror;
import io.rosbalena.image.LayoutSource;
import io.rosbalena.image.MediaType;
import io.rosbalena.image.Platform;
import io.rosbalena.json.Json;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.OfflineException;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real registry of CNCF distribution, filled by skopeo with images of umoci. */
class RegistryTest {
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");

    @TempDir
    Path folder;

    private BlobStore store;

    @BeforeEach
    void openStore() throws IOException {
        store = BlobStore.open(folder.resolve("store"));
    }

    @Test
    void anImageIsMirroredWithEveryByteAsTheRegistryHasIt() throws IOException, InterruptedException {
        try (LocalRegistry registry = LocalRegistry.open(folder)) {
            TestImages images = TestImages.create(folder).add("one", "amd64", 300_000);
            registry.copy(images.reference("one"), "team/one:1");
            Digest manifest = mirror(registry, "team/one:1");

            assertThat(store.bytes(manifest)).isEqualTo(registry.raw("/v2/team/one/manifests/1", MediaType.MANIFEST));
            ImageManifest parsed = ImageManifest.parse(store.bytes(manifest));
            assertThat(parsed.layers()).isNotEmpty().allSatisfy(layer -> {
                assertThat(store.has(layer.digest())).isTrue();
                assertThat(store.size(layer.digest())).isEqualTo(layer.size());
            });
            assertThat(registry.registries(Logins.NONE).at(registry.host()).tags("team/one"))
                    .containsExactly("1");
        }
    }

    @Test
    void whatTheStoreHasNeedsNoRegistry() throws IOException, InterruptedException {
        Digest manifest;
        ImageName name;
        try (LocalRegistry registry = LocalRegistry.open(folder)) {
            registry.copy(TestImages.create(folder).add("one", "amd64", 1000).reference("one"), "one:1");
            name = registry.name("one:1");
            manifest = mirror(registry, "one:1");
        }
        Registries offline = new Registries(TransferSettings.standard().withOffline(true), Logins.NONE);

        new ImageMirror(store).fetch(new RegistrySource(offline, name.at(manifest), store), manifest, Progress.SILENT);
        assertThatThrownBy(new RegistrySource(offline, name, store)::top)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB500");
    }

    @Test
    void aRegistryBaseAndALayoutBaseAreTheSame() throws IOException, InterruptedException {
        try (LocalRegistry registry = LocalRegistry.open(folder)) {
            // Whole blocks: umoci's insert leaves the filling of the last one out, which tar calls an error.
            TestImages images = TestImages.create(folder).add("one", "amd64", 100 * 1024);
            registry.copy(images.reference("one"), "one:1");
            BlobStore other = BlobStore.open(folder.resolve("other"));

            BaseImage remote = new BaseImages(store).read(source(registry, "one:1"), AMD64, Progress.SILENT);
            BaseImage local = new BaseImages(other)
                    .read(new LayoutSource(images.layout(), Optional.of("one")), AMD64, Progress.SILENT);

            assertThat(remote).isEqualTo(local);
        }
    }

    @Test
    void ofAnIndexThePlatformIsTakenAndAttestationsArePassedOver() throws IOException, InterruptedException {
        try (LocalRegistry registry = LocalRegistry.open(folder)) {
            TestImages images =
                    TestImages.create(folder).add("a", "amd64", 1000).add("b", "arm64", 1000);
            registry.copy(images.reference("a"), "robot:a");
            registry.copy(images.reference("b"), "robot:b");
            Registry client = registry.registries(Logins.NONE).at(registry.host());
            byte[] amd64 = store.bytes(client.manifest("robot", "a", store).digest());
            byte[] arm64 = store.bytes(client.manifest("robot", "b", store).digest());
            byte[] index = Json.compact(Map.of(
                    "schemaVersion",
                    2,
                    "mediaType",
                    MediaType.INDEX,
                    "manifests",
                    List.of(
                            entry(
                                    arm64,
                                    "unknown",
                                    "unknown",
                                    Map.of("vnd.docker.reference.type", "attestation-manifest")),
                            entry(amd64, "linux", "amd64", Map.of()),
                            entry(arm64, "linux", "arm64", Map.of()))));
            client.putManifest("robot", "all", MediaType.INDEX, index);
            ImageMirror mirror = new ImageMirror(store);

            assertThat(mirror.resolve(source(registry, "robot:all"), AMD64)).isEqualTo(Digest.of(amd64));
            assertThat(mirror.resolve(source(registry, "robot:all"), ARM64)).isEqualTo(Digest.of(arm64));
            assertThat(mirror.resolve(source(registry, "robot@" + Digest.of(index)), ARM64))
                    .isEqualTo(Digest.of(arm64));
            assertThatThrownBy(() -> mirror.resolve(source(registry, "robot:all"), Platform.parse("linux/arm/v7")))
                    .isInstanceOf(FindingException.class)
                    .hasMessageContaining("RB452")
                    .hasMessageContaining("is not for linux/arm/v7; it is for linux/amd64, linux/arm64\n");
            assertThatThrownBy(() -> mirror.resolve(source(registry, "robot:a"), ARM64))
                    .hasMessageContaining("is not for linux/arm64; it is for linux/amd64\n");
        }
    }

    @Test
    void layersOfZstdAreMirroredAsTheyAre() throws IOException, InterruptedException {
        try (LocalRegistry registry = LocalRegistry.open(folder)) {
            TestImages images = TestImages.create(folder).add("z", "amd64", 100_000);
            String plain = "dir:" + folder.resolve("plain");
            registry.skopeo("copy", "--dest-decompress", images.reference("z"), plain);
            registry.skopeo(
                    "copy",
                    "--dest-tls-verify=false",
                    "--dest-compress-format=zstd",
                    "--format=oci",
                    plain,
                    "docker://" + registry.host() + "/z:1");
            Digest manifest = mirror(registry, "z:1");

            assertThat(ImageManifest.parse(store.bytes(manifest)).layers())
                    .anyMatch(layer -> layer.mediaType().endsWith("+zstd"))
                    .allMatch(layer -> store.has(layer.digest()));
        }
    }

    @Test
    void anotherServerThatKeepsTheBlobsHearsOfNoLogin() throws IOException, InterruptedException {
        Path there = Files.createDirectories(folder.resolve("there"));
        try (LocalRegistry registry = LocalRegistry.withLogin(folder);
                LocalRegistry storage = LocalRegistry.open(there);
                Relay behind = new Relay(storage.host(), (method, path, earlier) -> Relay.Fault.NONE);
                Relay front = new Relay(
                        registry.host(),
                        (method, path, earlier) -> method.equals("GET") && path.contains("/blobs/")
                                ? Relay.Fault.ELSEWHERE
                                : Relay.Fault.NONE)) {
            front.leadTo(behind);
            Digest blob = store.put(bytes(1000));
            storage.registries(Logins.NONE).at(storage.host()).pushBlob("a", blob, store, List.of(), Progress.SILENT);
            Logins robot = (host, repository) -> Optional.of(Login.password("robot", "secret"));
            Registry client = registry.registries(robot).at(front.host());
            BlobStore other = BlobStore.open(folder.resolve("other"));

            assertThat(client.hasBlob("a", blob)).isFalse();
            client.fetchBlob("a", blob, 1000, other, Progress.SILENT);

            assertThat(other.has(blob)).isTrue();
            assertThat(front.logins).isNotEmpty();
            assertThat(behind.requests).isNotEmpty();
            assertThat(behind.logins).isEmpty();
        }
    }

    @Test
    void aLoginIsSentToARegistryThatAsksForIt() throws IOException, InterruptedException {
        try (LocalRegistry registry = LocalRegistry.withLogin(folder)) {
            TestImages images = TestImages.create(folder).add("one", "amd64", 1000);
            registry.skopeo(
                    "copy",
                    "--dest-tls-verify=false",
                    "--dest-creds=robot:secret",
                    images.reference("one"),
                    "docker://" + registry.host() + "/private:1");
            Logins right = (host, repository) -> Optional.of(Login.password("robot", "secret"));
            Logins wrong = (host, repository) -> Optional.of(Login.password("robot", "guess"));
            ImageName name = registry.name("private:1");

            assertThat(registry.registries(right).at(registry.host()).find("private", "1"))
                    .isPresent();
            for (Logins logins : List.of(Logins.NONE, wrong)) {
                RegistrySource source = new RegistrySource(registry.registries(logins), name, store);
                assertThatThrownBy(source::top).isInstanceOfSatisfying(FindingException.class, e -> {
                    assertThat(e.kind()).isEqualTo(FindingException.Kind.INPUT);
                    assertThat(e.getMessage()).contains("RB512").doesNotContain("guess");
                });
            }
        }
    }

    @Test
    void tokensAreAskedForOnceForEachScope() throws IOException, InterruptedException, GeneralSecurityException {
        try (TokenServer tokens = TokenServer.start(folder);
                LocalRegistry registry = LocalRegistry.withTokens(folder, tokens)) {
            Digest blob = store.put(bytes(100_000));
            Logins robot = (host, repository) -> Optional.of(Login.password("robot", "secret"));
            Registry pushing = registry.registries(robot).at(registry.host());

            assertThat(pushing.pushBlob("a/b", blob, store, List.of(), Progress.SILENT))
                    .isTrue();
            assertThat(pushing.pushBlob("a/b", blob, store, List.of(), Progress.SILENT))
                    .isFalse();
            assertThat(tokens.queries).hasSize(1).allMatch(query -> query.endsWith("with login"));

            Registry pulling = registry.registries(Logins.NONE).at(registry.host());
            BlobStore other = BlobStore.open(folder.resolve("other"));
            pulling.fetchBlob("a/b", blob, 100_000, other, Progress.SILENT);
            assertThat(other.has(blob)).isTrue();
            assertThat(pulling.hasBlob("a/b", blob)).isTrue();
            assertThat(tokens.queries).hasSize(2);
            assertThatThrownBy(() -> pulling.pushBlob("a/b", store.put(bytes(10)), store, List.of(), Progress.SILENT))
                    .isInstanceOfSatisfying(
                            RegistryException.class,
                            e -> assertThat(e.kind()).isEqualTo(RegistryException.Kind.DENIED));
        }
    }

    @Test
    void aReadyTokenIsUsedAsItIs() throws IOException, InterruptedException, GeneralSecurityException {
        try (TokenServer tokens = TokenServer.start(folder);
                LocalRegistry registry = LocalRegistry.withTokens(folder, tokens)) {
            String token = ready(tokens, "repository:a/b:pull,push");
            Registry client = registry.registries((host, repository) -> Optional.of(Login.bearer(token)))
                    .at(registry.host());

            assertThat(client.pushBlob("a/b", store.put(bytes(1000)), store, List.of(), Progress.SILENT))
                    .isTrue();
            assertThatThrownBy(() -> client.hasBlob("c", store.put(bytes(1000))))
                    .isInstanceOf(RegistryException.class);
            assertThat(tokens.queries).hasSize(1);
        }
    }

    @Test
    void blobsAreTakenOverFromOtherRepositories() throws IOException, InterruptedException {
        try (LocalRegistry registry = LocalRegistry.open(folder);
                Relay relay = new Relay(registry.host(), (method, path, earlier) -> Relay.Fault.NONE)) {
            Registry client = registry.registries(Logins.NONE).at(relay.host());
            Digest blob = store.put(bytes(50_000));

            assertThat(client.pushBlob("one", blob, store, List.of(), Progress.SILENT))
                    .isTrue();
            assertThat(client.pushBlob("two", blob, store, List.of("none", "one"), Progress.SILENT))
                    .isFalse();
            assertThat(client.hasBlob("two", blob)).isTrue();
            assertThat(relay.requests.stream().filter(line -> line.startsWith("PATCH")))
                    .hasSize(1);
        }
    }

    @Test
    void anEmptyBlobCanBePushed() throws IOException, InterruptedException {
        try (LocalRegistry registry = LocalRegistry.open(folder)) {
            Registry client = registry.registries(Logins.NONE).at(registry.host());
            Digest blob = store.put(new byte[0]);

            assertThat(client.pushBlob("empty", blob, store, List.of(), Progress.SILENT))
                    .isTrue();
            assertThat(client.hasBlob("empty", blob)).isTrue();
        }
    }

    @Test
    void aDownloadThatBreaksGoesOnWhereItStopped() throws IOException, InterruptedException {
        try (LocalRegistry registry = LocalRegistry.open(folder);
                Relay relay = new Relay(
                        registry.host(),
                        (method, path, earlier) -> method.equals("GET") && path.contains("/blobs/sha256") && earlier < 3
                                ? Relay.Fault.HALF_ANSWER
                                : Relay.Fault.NONE)) {
            Digest blob = store.put(bytes(1_000_000));
            registry.registries(Logins.NONE).at(registry.host()).pushBlob("a", blob, store, List.of(), Progress.SILENT);
            BlobStore other = BlobStore.open(folder.resolve("other"));

            registry.registries(Logins.NONE).at(relay.host()).fetchBlob("a", blob, 1_000_000, other, Progress.SILENT);

            assertThat(other.has(blob)).isTrue();
            assertThat(relay.requests.stream().filter(line -> line.startsWith("GET /v2/a/blobs/")))
                    .hasSize(3)
                    .anyMatch(line -> line.endsWith(" bytes=500000-"))
                    .anyMatch(line -> line.endsWith(" bytes=750000-"));
        }
    }

    @Test
    void anUploadThatBreaksGoesOnAtThePieceThatFailed() throws IOException, InterruptedException {
        try (LocalRegistry registry = LocalRegistry.open(folder);
                Relay relay = new Relay(
                        registry.host(),
                        (method, path, earlier) ->
                                method.equals("PATCH") && earlier == 2 ? Relay.Fault.DROPPED : Relay.Fault.NONE)) {
            Digest blob = store.put(bytes(1_000_000));
            Registry client = registry.registries(Logins.NONE).at(relay.host());
            Upload upload =
                    new Upload(client.http(), "a", Scope.push("a", List.of()), blob, store, Progress.SILENT, 300_000);

            assertThat(upload.run(List.of())).isEqualTo(Upload.Outcome.SENT);
            assertThat(client.hasBlob("a", blob)).isTrue();
            assertThat(relay.requests.stream()
                            .filter(line -> line.startsWith("PATCH"))
                            .map(line -> line.replaceFirst(".* ", "")))
                    .containsExactly("0-299999", "300000-599999", "600000-899999", "600000-899999", "900000-999999");
            assertThat(relay.requests.stream().filter(line -> line.startsWith("POST")))
                    .hasSize(1);
        }
    }

    @Test
    void anUploadThatTheRegistryForgotBeginsAgain() throws IOException, InterruptedException {
        try (LocalRegistry registry = LocalRegistry.open(folder);
                Relay relay = new Relay(
                        registry.host(),
                        (method, path, earlier) ->
                                method.equals("PATCH") && earlier == 0 ? Relay.Fault.HALF_REQUEST : Relay.Fault.NONE)) {
            Digest blob = store.put(bytes(1_000_000));
            Registry client = registry.registries(Logins.NONE).at(relay.host());

            assertThat(client.pushBlob("a", blob, store, List.of(), Progress.SILENT))
                    .isTrue();
            assertThat(client.hasBlob("a", blob)).isTrue();
            assertThat(relay.requests.stream().filter(line -> line.startsWith("POST")))
                    .hasSize(2);
        }
    }

    @Test
    void aBusyRegistryIsAskedAgain() throws IOException, InterruptedException {
        try (LocalRegistry registry = LocalRegistry.open(folder);
                Relay relay = new Relay(
                        registry.host(),
                        (method, path, earlier) -> earlier == 0 ? Relay.Fault.BUSY : Relay.Fault.NONE)) {
            Registry client = registry.registries(Logins.NONE).at(relay.host());
            Digest blob = store.put(bytes(1000));

            assertThat(client.pushBlob("a", blob, store, List.of(), Progress.SILENT))
                    .isTrue();
            assertThat(client.hasBlob("a", blob)).isTrue();
        }
    }

    @Test
    void whatIsNotThereIsNamed() throws IOException, InterruptedException {
        try (LocalRegistry registry = LocalRegistry.open(folder)) {
            assertThatThrownBy(source(registry, "none:1")::top)
                    .isInstanceOf(FindingException.class)
                    .hasMessageContaining("RB513")
                    .hasMessageContaining("MANIFEST_UNKNOWN");
            assertThat(registry.registries(Logins.NONE).at(registry.host()).find("none", "1"))
                    .isEmpty();
        }
    }

    @Test
    void offlineNothingIsAsked() {
        Registries registries = new Registries(TransferSettings.standard().withOffline(true), (host, repository) -> {
            throw new AssertionError("no login is looked up");
        });

        assertThatThrownBy(() -> registries.at("127.0.0.1:1")).isInstanceOf(OfflineException.class);
    }

    private RegistrySource source(LocalRegistry registry, String reference) {
        return new RegistrySource(registry.registries(Logins.NONE), registry.name(reference), store);
    }

    /** Resolves an image for amd64 and brings all of it into the store. */
    private Digest mirror(LocalRegistry registry, String reference) throws IOException {
        ImageMirror mirror = new ImageMirror(store);
        Digest manifest = mirror.resolve(source(registry, reference), AMD64);
        ImageName name = registry.name(reference).at(manifest);
        mirror.fetch(new RegistrySource(registry.registries(Logins.NONE), name, store), manifest, Progress.SILENT);
        return manifest;
    }

    private static String ready(TokenServer tokens, String scope) throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString("robot:secret".getBytes(StandardCharsets.UTF_8));
        byte[] answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(tokens.realm() + "?service=test&scope=" + scope))
                                .header("Authorization", "Basic " + login)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
        return Json.parse(answer).get("token").string();
    }

    private static Map<String, Object> entry(
            byte[] manifest, String os, String architecture, Map<String, String> annotations) {
        Map<String, Object> entry = new LinkedHashMap<>();
        // umoci leaves the member out of its manifests, as OCI allows.
        entry.put("mediaType", MediaType.MANIFEST);
        entry.put("digest", Digest.of(manifest));
        entry.put("size", manifest.length);
        entry.put("platform", Map.of("os", os, "architecture", architecture));
        if (!annotations.isEmpty()) {
            entry.put("annotations", annotations);
        }
        return entry;
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
