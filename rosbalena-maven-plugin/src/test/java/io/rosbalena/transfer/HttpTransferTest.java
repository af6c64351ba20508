package io.rosbalena.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.DigestMismatchException;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpTransferTest {
    private static final TransferSettings QUICK = TransferSettings.standard()
            .withPatience(new TransferSettings.Patience(
                    3, Duration.ofMillis(1), Duration.ofMillis(50), Duration.ofSeconds(5), Duration.ofSeconds(5)));
    private static final byte[] BODY = random(300_000);
    private static final Digest DIGEST = Digest.of(BODY);

    @TempDir
    Path folder;

    private final HttpTransfer transfer = new HttpTransfer(QUICK);
    private BlobStore store;

    @BeforeEach
    void openStore() throws IOException {
        store = BlobStore.open(folder.resolve("store"));
    }

    @Test
    void readsADocument() throws IOException {
        try (LocalServer server = new LocalServer(exchange -> LocalServer.answer(exchange, 200, BODY))) {
            assertThat(transfer.read(server.uri("/a"), BODY.length)).isEqualTo(BODY);
        }
    }

    @Test
    void usesOneConnectionForSeveralRequests() throws IOException {
        try (LocalServer server = new LocalServer(exchange -> LocalServer.answer(exchange, 200, BODY))) {
            for (int i = 0; i < 5; i++) {
                transfer.read(server.uri("/" + i), BODY.length);
            }
            assertThat(server.requests)
                    .extracting(LocalServer.Request::clientPort)
                    .hasSize(5)
                    .containsOnly(server.requests.get(0).clientPort());
        }
    }

    @Test
    void refusesADocumentThatIsLargerThanAllowed() throws IOException {
        try (LocalServer server = new LocalServer(exchange -> LocalServer.answer(exchange, 200, BODY))) {
            assertThatThrownBy(() -> transfer.read(server.uri("/a"), BODY.length - 1))
                    .isInstanceOf(TransferException.class)
                    .hasMessageContaining("more than the 299999 bytes");
        }
    }

    @Test
    void refusesAStreamOfUnknownLengthThatIsLargerThanAllowed() throws IOException {
        try (LocalServer server = new LocalServer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(BODY);
        })) {
            assertThatThrownBy(() -> transfer.read(server.uri("/a"), 1000)).hasMessageContaining("1000 bytes");
        }
    }

    @Test
    void triesAgainAfter503() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        try (LocalServer server = new LocalServer(exchange -> {
            if (calls.incrementAndGet() < 3) {
                exchange.getResponseHeaders().set("Retry-After", "0");
                LocalServer.answer(exchange, 503, "busy".getBytes(StandardCharsets.UTF_8));
            } else {
                LocalServer.answer(exchange, 200, BODY);
            }
        })) {
            assertThat(transfer.read(server.uri("/a"), BODY.length)).isEqualTo(BODY);
        }
    }

    @Test
    void waitsNoLongerThanItsOwnBoundWhateverTheServerAsks() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        try (LocalServer server = new LocalServer(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "86400");
            LocalServer.answer(exchange, calls.incrementAndGet() < 2 ? 429 : 200, BODY);
        })) {
            assertThat(transfer.read(server.uri("/a"), BODY.length)).isEqualTo(BODY);
        }
    }

    @Test
    void givesUpAfterTheAttemptsAllowed() throws IOException {
        try (LocalServer server = new LocalServer(exchange -> LocalServer.answer(exchange, 500, new byte[0]))) {
            assertThatThrownBy(() -> transfer.read(server.uri("/a"), 10))
                    .hasMessageContaining("answered 500")
                    .hasMessageContaining("3 attempts");
            assertThat(server.requests).hasSize(3);
        }
    }

    @Test
    void saysThatADocumentDoesNotExist() throws IOException {
        try (LocalServer server = new LocalServer(exchange -> LocalServer.answer(exchange, 404, new byte[0]))) {
            assertThatThrownBy(() -> transfer.read(server.uri("/a"), 10)).isInstanceOf(NotFoundException.class);
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        URI dead;
        try (LocalServer server = new LocalServer(exchange -> LocalServer.answer(exchange, 200, BODY))) {
            dead = server.uri("/a");
        }
        assertThatThrownBy(() -> transfer.read(dead, 10))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("refused");
    }

    @Test
    void goesOnWhereABrokenDownloadStopped() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        AtomicLong progress = new AtomicLong();
        try (LocalServer server = new LocalServer(exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"one\"");
            if (calls.incrementAndGet() == 1) {
                LocalServer.breakAfter(exchange, 200, BODY, 200_000);
                return;
            }
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
            byte[] rest = Arrays.copyOfRange(BODY, from, BODY.length);
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (BODY.length - 1) + "/" + BODY.length);
            if (calls.get() < 5) {
                LocalServer.breakAfter(exchange, 206, rest, 10_000);
            } else {
                LocalServer.answer(exchange, 206, rest);
            }
        })) {
            transfer.fetch(server.uri("/a"), DIGEST, BODY.length, store, counting(progress));
            assertThat(store.bytes(DIGEST)).isEqualTo(BODY);
            assertThat(progress).hasValue(BODY.length);
            assertThat(server.requests).hasSize(5);
            assertThat(server.requests.get(1).header("If-Range")).isEqualTo("\"one\"");
        }
    }

    @Test
    void startsAgainWhereAServerKnowsNoRanges() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        AtomicLong progress = new AtomicLong();
        try (LocalServer server = new LocalServer(exchange -> {
            if (calls.incrementAndGet() == 1) {
                LocalServer.breakAfter(exchange, 200, BODY, 200_000);
            } else {
                LocalServer.answer(exchange, 200, BODY);
            }
        })) {
            transfer.fetch(server.uri("/a"), DIGEST, -1, store, counting(progress));
            assertThat(store.bytes(DIGEST)).isEqualTo(BODY);
            assertThat(progress).hasValue(BODY.length);
        }
    }

    @Test
    void startsAgainWhereARangeComesFromElsewhere() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        try (LocalServer server = new LocalServer(exchange -> {
            switch (calls.incrementAndGet()) {
                case 1 -> LocalServer.breakAfter(exchange, 200, BODY, 200_000);
                case 2 -> {
                    exchange.getResponseHeaders().set("Content-Range", "bytes 7-9/300000");
                    LocalServer.answer(exchange, 206, new byte[3]);
                }
                default -> LocalServer.answer(exchange, 200, BODY);
            }
        })) {
            transfer.fetch(server.uri("/a"), DIGEST, -1, store, Progress.SILENT);
            assertThat(store.bytes(DIGEST)).isEqualTo(BODY);
        }
    }

    @Test
    void leavesNothingBehindWhenTheBytesAreOthers() throws IOException {
        byte[] others = BODY.clone();
        others[17]++;
        try (LocalServer server = new LocalServer(exchange -> LocalServer.answer(exchange, 200, others))) {
            assertThatThrownBy(() -> transfer.fetch(server.uri("/a"), DIGEST, BODY.length, store, Progress.SILENT))
                    .isInstanceOf(DigestMismatchException.class);
        }
        assertStoreIsEmpty();
    }

    @Test
    void leavesNothingBehindWhenTheSizeIsAnother() throws IOException {
        try (LocalServer server = new LocalServer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(BODY);
        })) {
            assertThatThrownBy(() -> transfer.fetch(server.uri("/a"), DIGEST, 1000, store, Progress.SILENT))
                    .hasMessageContaining("instead of 1000");
            assertThatThrownBy(() -> transfer.fetch(server.uri("/a"), DIGEST, 900_000, store, Progress.SILENT))
                    .hasMessageContaining("300000 bytes instead of 900000");
        }
        assertStoreIsEmpty();
    }

    @Test
    void asksNobodyWhenOffline() throws IOException {
        HttpTransfer offline = new HttpTransfer(QUICK.withOffline(true));
        try (LocalServer server = new LocalServer(exchange -> LocalServer.answer(exchange, 200, BODY))) {
            URI uri = URI.create("http://me:hush@127.0.0.1:" + server.port() + "/a?token=hush");
            assertThatThrownBy(() -> offline.read(uri, 10))
                    .isInstanceOf(OfflineException.class)
                    .hasMessageNotContaining("hush");
            assertThatThrownBy(() -> offline.fetch(uri, DIGEST, -1, store, Progress.SILENT))
                    .isInstanceOf(OfflineException.class);
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void readsLocalFilesOfflineToo() throws IOException {
        HttpTransfer offline = new HttpTransfer(QUICK.withOffline(true));
        Path file = Files.write(folder.resolve("a b.bin"), BODY);
        assertThat(offline.read(file.toUri(), BODY.length)).isEqualTo(BODY);
        assertThatThrownBy(() -> offline.read(file.toUri(), 10)).isInstanceOf(TransferException.class);
        offline.fetch(file.toUri(), DIGEST, BODY.length, store, Progress.SILENT);
        assertThat(store.bytes(DIGEST)).isEqualTo(BODY);
        assertThatThrownBy(() -> offline.read(folder.resolve("none").toUri(), 10))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> offline.read(folder.toUri(), 10)).hasMessageContaining("folder");
    }

    @Test
    void sendsACredentialOnlyToItsOwnServer() throws IOException {
        try (LocalServer other = new LocalServer(exchange -> LocalServer.answer(exchange, 200, BODY));
                LocalServer server = new LocalServer(exchange -> {
                    exchange.getResponseHeaders()
                            .set("Location", other.uri("/b").toString());
                    LocalServer.answer(exchange, 302, new byte[0]);
                })) {
            Origin here = Origin.of(server.uri("/"));
            HttpTransfer known = new HttpTransfer(QUICK.withCredentials(
                    origin -> origin.equals(here) ? Optional.of(Credential.basic("me", "hush")) : Optional.empty()));
            known.read(server.uri("/a"), BODY.length);
            assertThat(server.requests.get(0).header("Authorization")).isEqualTo("Basic bWU6aHVzaA==");
            assertThat(other.requests.get(0).header("Authorization")).isEmpty();
        }
    }

    @Test
    void takesUserAndPasswordFromTheAddressAndNeverShowsThem() throws IOException {
        try (LocalServer server = new LocalServer(exchange -> LocalServer.answer(exchange, 403, new byte[0]))) {
            URI uri = URI.create("http://me:hush@127.0.0.1:" + server.port() + "/a?token=hush");
            assertThatThrownBy(() -> transfer.read(uri, 10))
                    .isInstanceOf(TransferException.class)
                    .hasMessageContaining("/a?… answered 403")
                    .hasMessageNotContaining("hush");
            assertThat(server.requests.get(0).header("Authorization")).isEqualTo("Basic bWU6aHVzaA==");
        }
        assertThat(Credential.basic("me", "hush").toString()).doesNotContain("hush", "bWU6aHVzaA");
    }

    @Test
    void endsARoundOfRedirects() throws IOException {
        try (LocalServer server = new LocalServer(exchange -> {
            exchange.getResponseHeaders().set("Location", "/again");
            LocalServer.answer(exchange, 307, new byte[0]);
        })) {
            assertThatThrownBy(() -> transfer.read(server.uri("/a"), 10))
                    .hasMessageContaining("redirects more than 10 times");
        }
    }

    @Test
    void refusesARedirectToAFileOrToPlainHttp() throws IOException {
        try (LocalServer server = new LocalServer(exchange -> {
            exchange.getResponseHeaders().set("Location", "file:///etc/passwd");
            LocalServer.answer(exchange, 302, new byte[0]);
        })) {
            assertThatThrownBy(() -> transfer.read(server.uri("/a"), 10)).hasMessageContaining("refused");
        }
        assertThatThrownBy(() -> Location.redirect(URI.create("https://a.example/x"), "http://a.example/y"))
                .hasMessageContaining("not encrypted");
    }

    @Test
    void goesThroughAProxy() throws IOException {
        try (LocalServer proxy = new LocalServer(exchange -> LocalServer.answer(exchange, 200, BODY))) {
            ProxyRule rule = ProxyRule.of(
                    "http",
                    "127.0.0.1",
                    proxy.port(),
                    Optional.of(Credential.basic("me", "hush")),
                    "*.direct.example|other");
            HttpTransfer proxied = new HttpTransfer(QUICK.withProxies(List.of(rule)));
            proxied.read(URI.create("http://far.example/a"), BODY.length);
            assertThat(proxy.requests.get(0).path()).isEqualTo("http://far.example/a");
            assertThat(proxy.requests.get(0).header("Proxy-Authorization")).isEqualTo("Basic bWU6aHVzaA==");
            assertThat(proxy.requests.get(0).header("Authorization")).isEmpty();
        }
    }

    @Test
    void refusesOtherAddresses() {
        assertThatThrownBy(() -> transfer.read(URI.create("ftp://me:hush@a.example/x"), 10))
                .hasMessage("ftp://a.example/x is not an http, https or file address");
    }

    @Test
    void endsWhenItsThreadIsInterrupted() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch forever = new CountDownLatch(1);
        try (LocalServer server = new LocalServer(exchange -> {
            exchange.sendResponseHeaders(200, BODY.length);
            exchange.getResponseBody().write(BODY, 0, 1000);
            exchange.getResponseBody().flush();
            sent.countDown();
            try {
                forever.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread reader = new Thread(() -> {
                try {
                    transfer.fetch(server.uri("/a"), DIGEST, BODY.length, store, Progress.SILENT);
                } catch (IOException e) {
                    failure.set(e);
                }
            });
            reader.start();
            sent.await();
            reader.interrupt();
            reader.join();
            assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
        }
        assertStoreIsEmpty();
    }

    @Test
    void givesUpOnAServerThatFallsSilent() throws IOException {
        TransferSettings.Patience impatient = new TransferSettings.Patience(
                2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(5), Duration.ofMillis(100));
        HttpTransfer hasty = new HttpTransfer(QUICK.withPatience(impatient));
        CountDownLatch forever = new CountDownLatch(1);
        try (LocalServer server = new LocalServer(exchange -> {
            exchange.sendResponseHeaders(200, BODY.length);
            exchange.getResponseBody().flush();
            try {
                forever.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            assertThatThrownBy(() -> hasty.read(server.uri("/a"), BODY.length))
                    .isInstanceOf(TransferException.class)
                    .hasMessageContaining("2 attempts");
        }
    }

    private void assertStoreIsEmpty() throws IOException {
        try (Stream<Path> files = Files.walk(store.root())) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private static Progress counting(AtomicLong bytes) {
        return new Progress() {
            @Override
            public void message(String text) {}

            @Override
            public void expect(long more) {}

            @Override
            public void transferred(long more) {
                bytes.addAndGet(more);
            }
        };
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
