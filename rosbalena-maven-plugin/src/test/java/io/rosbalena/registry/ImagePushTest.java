package io.rosbalena.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.image.Descriptor;
import io.rosbalena.image.ImageManifest;
import io.rosbalena.image.MediaType;
import io.rosbalena.json.Json;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real registry of CNCF distribution; skopeo says what stands there in the end. */
class ImagePushTest {
    private static final String ALL = "repository:v2/a:pull,push&scope=repository:v2/b:pull,push"
            + "&scope=repository:v2/c:pull,push&scope=repository:v2/old:pull,push";

    @TempDir
    Path folder;

    private BlobStore store;
    private Descriptor shared;

    @BeforeEach
    void openStore() throws IOException {
        store = BlobStore.open(folder.resolve("store"));
        shared = layer(900_000);
    }

    @Test
    void aSharedLayerIsSentOnceAndTakenOverByTheOthers() throws Exception {
        try (TokenServer tokens = TokenServer.start(folder);
                LocalRegistry registry = LocalRegistry.withTokens(folder, tokens);
                Relay relay = relay(registry)) {
            List<PushOrder> orders = List.of(order("v2/a"), order("v2/b"), order("v2/c"));
            List<PushedImage> told = new ArrayList<>();
            ImagePush push = push(relay, ready(tokens, ALL));

            List<PushedImage> pushed = push.push(orders, told::add);

            assertThat(told).isEqualTo(pushed);
            assertThat(pushed.stream().map(image -> image.sent().count())).containsExactly(3, 2, 2);
            assertThat(pushed.stream().map(image -> image.mounted()))
                    .containsExactly(blobs(0, 0), blobs(1, shared.size()), blobs(1, shared.size()));
            assertThat(requests(relay, "PATCH")).hasSize(7);
            assertThat(requests(relay, "POST")).hasSize(9);
            for (PushOrder order : orders) {
                assertThat(raw(registry, order.repository(), ready(tokens, ALL)))
                        .isEqualTo(store.bytes(order.manifest()));
            }
        }
    }

    @Test
    void theReadyTokenGoesOutWithTheFirstRequestAndNobodyIsAskedForAnother() throws Exception {
        try (TokenServer tokens = TokenServer.start(folder);
                LocalRegistry registry = LocalRegistry.withTokens(folder, tokens);
                Relay relay = relay(registry)) {
            String token = ready(tokens, ALL);
            int before = tokens.queries.size();

            push(relay, token).push(List.of(order("v2/a")), image -> {});

            // The first request of all asks for the protocol; it goes to this machine only.
            assertThat(relay.requests.get(0)).isEqualTo("GET /v2/");
            assertThat(relay.logins).hasSize(relay.requests.size() - 1).containsOnly("Bearer " + token);
            assertThat(tokens.queries).hasSize(before);
        }
    }

    @Test
    void theReadyTokenIsSentToNoOtherHost() throws Exception {
        Path there = Files.createDirectories(folder.resolve("there"));
        try (TokenServer tokens = TokenServer.start(folder);
                LocalRegistry registry = LocalRegistry.withTokens(folder, tokens);
                LocalRegistry storage = LocalRegistry.open(there);
                Relay behind = relay(storage);
                Relay front = new Relay(
                        registry.host(),
                        (method, path, earlier) -> method.equals("HEAD") ? Relay.Fault.ELSEWHERE : Relay.Fault.NONE)) {
            front.leadTo(behind);

            push(front, ready(tokens, ALL)).push(List.of(order("v2/a")), image -> {});

            assertThat(requests(behind, "HEAD")).hasSize(3);
            assertThat(behind.logins).isEmpty();
            assertThat(front.logins).isNotEmpty();
        }
    }

    @Test
    void whatIsThereIsAskedForOverOneConnectionAndNotSentAgain() throws Exception {
        try (TokenServer tokens = TokenServer.start(folder);
                LocalRegistry registry = LocalRegistry.withTokens(folder, tokens)) {
            String token = ready(tokens, ALL);
            List<PushOrder> orders = List.of(order("v2/a"), order("v2/b"), order("v2/c"));
            try (Relay first = relay(registry)) {
                push(first, token).push(orders, image -> {});
            }
            try (Relay relay = relay(registry)) {
                List<PushedImage> again = push(relay, token).push(orders, image -> {});

                assertThat(again).allSatisfy(image -> {
                    assertThat(image.present().count()).isEqualTo(3);
                    assertThat(image.sent()).isEqualTo(blobs(0, 0));
                });
                assertThat(requests(relay, "HEAD")).hasSize(9);
                assertThat(relay.ports.stream().distinct().filter(line -> line.startsWith("HEAD")))
                        .hasSize(1);
                assertThat(requests(relay, "POST")).isEmpty();
                assertThat(requests(relay, "PATCH")).isEmpty();
            }
        }
    }

    @Test
    void blobsComeFromRepositoriesThatAreKnownToHaveThem() throws Exception {
        try (TokenServer tokens = TokenServer.start(folder);
                LocalRegistry registry = LocalRegistry.withTokens(folder, tokens);
                Relay relay = relay(registry)) {
            String token = ready(tokens, ALL);
            PushOrder old = order("v2/old");
            push(relay, token).push(List.of(old), image -> {});
            int posts = requests(relay, "POST").size();
            PushOrder fresh = new PushOrder(
                    "v2/a",
                    old.manifest(),
                    List.of("latest", old.manifest().toString()),
                    Map.of(shared.digest(), List.of("v2/old")));

            PushedImage image =
                    push(relay, token).push(List.of(fresh), done -> {}).get(0);

            assertThat(image.mounted()).isEqualTo(blobs(1, shared.size()));
            assertThat(image.sent().count()).isEqualTo(2);
            // One for the mount, two for the uploads of blobs of which no other place is known.
            assertThat(requests(relay, "POST")).hasSize(posts + 3);
            assertThat(requests(relay, "PUT").stream().filter(line -> line.contains("/v2/v2/a/manifests/")))
                    .containsExactly("PUT /v2/v2/a/manifests/latest", "PUT /v2/v2/a/manifests/" + old.manifest());
        }
    }

    @Test
    void aSourceThatMayNotBeReadOrDoesNotHaveItCostsOnlyTheUpload() throws Exception {
        try (TokenServer tokens = TokenServer.start(folder);
                LocalRegistry registry = LocalRegistry.withTokens(folder, tokens);
                Relay relay = relay(registry)) {
            push(relay, ready(tokens, ALL)).push(List.of(order("v2/old")), image -> {});
            String narrow = ready(tokens, "repository:v2/a:pull,push&scope=repository:v2/b:pull");
            AtomicInteger asked = new AtomicInteger();
            PushOrder wishful = new PushOrder(
                    "v2/a",
                    order("v2/a").manifest(),
                    List.of("latest"),
                    Map.of(shared.digest(), List.of("v2/b", "v2/old")));
            Registry client = registry.registries(Logins.NONE).at(relay.host(), () -> {
                asked.incrementAndGet();
                return narrow;
            });

            PushedImage image = new ImagePush(client, store, Progress.SILENT)
                    .push(List.of(wishful), done -> {})
                    .get(0);

            assertThat(image.mounted()).isEqualTo(blobs(0, 0));
            assertThat(image.sent().count()).isEqualTo(3);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void aTokenWhoseTimeIsOverIsReplacedWhereThereIsAnother() throws Exception {
        try (TokenServer tokens = TokenServer.start(folder);
                LocalRegistry registry = LocalRegistry.withTokens(folder, tokens);
                Relay relay = new Relay(
                        registry.host(),
                        (method, path, earlier) ->
                                method.equals("PATCH") && earlier == 1 ? Relay.Fault.EXPIRED : Relay.Fault.NONE)) {
            String first = ready(tokens, ALL);
            String second = ready(tokens, ALL + "&scope=repository:v2/d:pull");
            AtomicInteger asked = new AtomicInteger();
            Registry client = registry.registries(Logins.NONE)
                    .at(relay.host(), () -> asked.getAndIncrement() == 0 ? first : second);
            PushOrder order = order("v2/a");

            new ImagePush(client, store, Progress.SILENT).push(List.of(order), image -> {});

            assertThat(asked).hasValue(2);
            assertThat(relay.logins).contains("Bearer " + first, "Bearer " + second);
            assertThat(raw(registry, "v2/a", second)).isEqualTo(store.bytes(order.manifest()));
        }
    }

    @Test
    void aTokenWhoseTimeIsOverEndsInARefusalThatDoesNotShowIt() throws Exception {
        try (TokenServer tokens = TokenServer.start(folder);
                LocalRegistry registry = LocalRegistry.withTokens(folder, tokens);
                Relay relay = new Relay(
                        registry.host(),
                        (method, path, earlier) -> method.equals("PUT") ? Relay.Fault.EXPIRED : Relay.Fault.NONE)) {
            String token = ready(tokens, ALL);
            ImagePush push = push(relay, token);

            assertThatThrownBy(() -> push.push(List.of(order("v2/a")), image -> {}))
                    .isInstanceOfSatisfying(RegistryException.class, e -> {
                        assertThat(e.kind()).isEqualTo(RegistryException.Kind.DENIED);
                        assertThat(e.getMessage())
                                .contains("401")
                                .contains("v2/a")
                                .doesNotContain(token);
                    });
        }
    }

    @Test
    void failuresThatPassAndConnectionsThatBreakAreOvercome() throws Exception {
        try (TokenServer tokens = TokenServer.start(folder);
                LocalRegistry registry = LocalRegistry.withTokens(folder, tokens);
                Relay relay = new Relay(registry.host(), (method, path, earlier) -> switch (method + earlier) {
                    case "HEAD0", "POST1", "PUT0" -> Relay.Fault.TOO_MANY;
                    case "HEAD1", "POST2", "PUT2" -> Relay.Fault.BROKEN;
                    case "PATCH0", "PUT3" -> Relay.Fault.DROPPED;
                    case "PATCH2" -> Relay.Fault.HALF_REQUEST;
                    default -> Relay.Fault.NONE;
                })) {
            String token = ready(tokens, ALL);
            List<PushOrder> orders = List.of(order("v2/a"), order("v2/b"));

            List<PushedImage> pushed = push(relay, token).push(orders, image -> {});

            assertThat(pushed.stream().map(image -> image.sent().count())).containsExactly(3, 2);
            for (PushOrder order : orders) {
                assertThat(raw(registry, order.repository(), token)).isEqualTo(store.bytes(order.manifest()));
            }
        }
    }

    @Test
    void anInterruptEndsItWhileBytesAreUnderWay() throws Exception {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        try (LocalRegistry registry = LocalRegistry.open(folder);
                Relay relay = new Relay(registry.host(), (method, path, earlier) -> {
                    if (method.equals("PATCH")) {
                        sending.countDown();
                        await(over);
                    }
                    return Relay.Fault.NONE;
                })) {
            ImagePush push = push(relay, "any");
            PushOrder order = order("a");
            FutureTask<Throwable> outcome = new FutureTask<>(() -> {
                try {
                    push.push(List.of(order), image -> {});
                    return new AssertionError("nothing ended it");
                } catch (IOException e) {
                    return Thread.currentThread().isInterrupted() ? e : new AssertionError("the interrupt is lost");
                }
            });
            Thread pushing = new Thread(outcome);
            pushing.start();
            assertThat(sending.await(1, TimeUnit.MINUTES)).isTrue();

            pushing.interrupt();

            // The registry still holds its answers back.
            assertThat(outcome.get(1, TimeUnit.MINUTES)).isInstanceOf(java.io.InterruptedIOException.class);
            over.countDown();
            assertThat(registry.registries(Logins.NONE).at(registry.host()).find("a", "latest"))
                    .isEmpty();
        }
    }

    @Test
    void twoImagesOfOneRepositoryShareWhatIsThere() throws Exception {
        try (LocalRegistry registry = LocalRegistry.open(folder);
                Relay relay = relay(registry)) {
            PushOrder one = order("a");
            PushOrder other = PushOrder.of("a", order("a").manifest(), "other");

            List<PushedImage> pushed = push(relay, "any").push(List.of(one, other), image -> {});

            assertThat(pushed.get(0).sent().count()).isEqualTo(3);
            assertThat(pushed.get(1).sent().count()).isEqualTo(2);
            assertThat(pushed.get(1).present()).isEqualTo(blobs(1, shared.size()));
            assertThat(requests(relay, "POST")).hasSize(5);
        }
    }

    @Test
    void aBlobOfAnotherSizeThanTheManifestSaysIsNotSent() throws Exception {
        try (LocalRegistry registry = LocalRegistry.open(folder);
                Relay relay = relay(registry)) {
            Descriptor wrong = Descriptor.of(MediaType.LAYER_GZIP, shared.digest(), shared.size() + 1);
            Digest manifest = store.put(new ImageManifest(config(), List.of(wrong)).bytes());
            ImagePush push = push(relay, "any");

            assertThatThrownBy(() -> push.push(List.of(PushOrder.of("a", manifest, "latest")), image -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(shared.digest().toString());
            assertThat(relay.requests).containsExactly("GET /v2/");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PushedImage.Blobs blobs(int count, long bytes) {
        return new PushedImage.Blobs(count, bytes);
    }

    private static Relay relay(LocalRegistry registry) throws IOException {
        return new Relay(registry.host(), (method, path, earlier) -> Relay.Fault.NONE);
    }

    private static List<String> requests(Relay relay, String method) {
        return relay.requests.stream()
                .filter(line -> line.startsWith(method + " "))
                .toList();
    }

    private ImagePush push(Relay relay, String token) throws IOException {
        Registries registries = new Registries(
                io.rosbalena.transfer.TransferSettings.standard(),
                (host, repository) -> Optional.of(Login.password("nobody", "is asked")));
        return new ImagePush(registries.at(relay.host(), () -> token), store, Progress.SILENT);
    }

    /** An image of the shared layer and one of its own. */
    private PushOrder order(String repository) throws IOException {
        Descriptor own = layer(10_000);
        return PushOrder.of(repository, store.put(new ImageManifest(config(), List.of(shared, own)).bytes()), "latest");
    }

    private Descriptor config() throws IOException {
        byte[] bytes = Json.compact(Map.of("architecture", "amd64", "os", "linux", "n", store.hashCode() + random()));
        return Descriptor.of(MediaType.CONFIG, store.put(bytes), bytes.length);
    }

    private Descriptor layer(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(random()).nextBytes(bytes);
        return Descriptor.of(MediaType.LAYER_GZIP, store.put(bytes), size);
    }

    private static final AtomicInteger SEEDS = new AtomicInteger();

    private static int random() {
        return SEEDS.incrementAndGet();
    }

    private static String ready(TokenServer tokens, String scopes) throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString("robot:secret".getBytes(StandardCharsets.UTF_8));
        byte[] answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(tokens.realm() + "?service=test&scope=" + scopes))
                                .header("Authorization", "Basic " + login)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
        return Json.parse(answer).get("token").string();
    }

    /** The manifest as skopeo gets it; as it reads all documents, it also says that they fit together. */
    private static byte[] raw(LocalRegistry registry, String repository, String token)
            throws IOException, InterruptedException, GeneralSecurityException {
        return registry.output(
                "inspect",
                "--raw",
                "--tls-verify=false",
                "--registry-token",
                token,
                "docker://" + registry.host() + "/" + repository + ":latest");
    }
}
