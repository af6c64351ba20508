package io.rosbalena.robot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.atIndex;

import io.rosbalena.balena.ApiUrl;
import io.rosbalena.balena.TokenSource;
import io.rosbalena.balena.standin.Fault;
import io.rosbalena.balena.standin.StandInApi;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal {@code login}: by browser, key and password, against a server that checks them. */
class LoginTest {
    private static final String PASSWORD = "admin's password";

    @TempDir
    private Path folder;

    private FleetOfTests fleet;
    private Path file;
    private final Deque<String> typed = new ArrayDeque<>();
    private final List<Integer> posts = new ArrayList<>();
    private Consumer<URI> browser = page -> {};

    @BeforeEach
    void aServer() throws IOException {
        fleet = FleetOfTests.in(folder);
        file = folder.resolve("home/.balena/token");
    }

    @AfterEach
    void close() throws IOException {
        fleet.close();
    }

    private void login(String way, Map<String, String> environment) throws IOException, InterruptedException {
        login(Optional.of(way), Optional.empty(), Duration.ofSeconds(20), environment);
    }

    private void login(Optional<String> way, Optional<String> key, Duration limit, Map<String, String> environment)
            throws IOException, InterruptedException {
        Login.run(
                new FleetAccess(ApiUrl.parse(fleet.api.url()), List.of(TokenSource.ofFile(file)), Optional.empty()),
                new Login.Request(
                        way,
                        key,
                        Optional.empty(),
                        limit,
                        environment,
                        file,
                        new Typing(),
                        page -> browser.accept(page)),
                fleet.surroundings(),
                fleet::print);
    }

    /** Somebody who types what the test has prepared. */
    private final class Typing implements Prompt {
        @Override
        public Optional<String> line(String question) {
            return Optional.ofNullable(typed.poll());
        }

        @Override
        public Optional<String> secret(String question) {
            return Optional.ofNullable(typed.poll());
        }
    }

    private String dashboard() {
        return ApiUrl.parse(fleet.api.url()).sibling("dashboard").toString();
    }

    private void browse(String method, String address, Optional<String> origin, String form) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .method(method, HttpRequest.BodyPublishers.ofString(form));
            origin.ifPresent(text -> request.header("Origin", text));
            posts.add(HttpClient.newHttpClient()
                    .send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theBrowserBringsTheTokenAndNobodyElseDoes() throws Exception {
        List<String> pages = new ArrayList<>();
        browser = page -> {
            pages.add(page.toString());
            String encoded = page.toString().substring((dashboard() + "/login/cli/").length());
            String back = URLDecoder.decode(encoded.replace("%25", "%"), StandardCharsets.UTF_8);
            String form = "token=" + StandInApi.TOKEN;
            browse("GET", back, Optional.of(dashboard()), "");
            browse("POST", back, Optional.of("https://evil.example.com"), form);
            browse("POST", back, Optional.of("http://127.0.0.1"), form);
            browse("POST", back + "0", Optional.of(dashboard()), form);
            browse("POST", back, Optional.of(dashboard()), "nothing=1");
            browse("POST", back, Optional.of(dashboard()), "token=" + "x".repeat(40_000));
            browse("POST", back, Optional.of(dashboard()), form);
            browse("POST", back, Optional.of(dashboard()), "token=another");
        };

        login("web", Map.of());

        assertThat(posts).containsExactly(405, 403, 403, 404, 400, 400, 200, 410);
        assertThat(pages)
                .singleElement()
                .asString()
                .matches(java.util.regex.Pattern.quote(dashboard() + "/login/cli/http%253A%252F%252F127.0.0.1%253A")
                        + "[0-9]+%252F[0-9a-f]{32}");
        assertThat(file).hasContent(StandInApi.TOKEN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(fleet.printed())
                .contains("  " + pages.get(0))
                .endsWith("logged in to " + fleet.api.url() + " as admin; the token is in " + file)
                .noneMatch(line -> line.contains(StandInApi.TOKEN));
    }

    /** What browsers say of a form of an https page to a server without encryption, as the real dashboard's is. */
    @Test
    void aFormOfAnEncryptedPageHasNoOriginToName() throws Exception {
        browser = page -> {
            String encoded = page.toString().substring((dashboard() + "/login/cli/").length());
            String back = URLDecoder.decode(encoded.replace("%25", "%"), StandardCharsets.UTF_8);
            browse("POST", back, Optional.of("null"), "token=" + StandInApi.TOKEN);
        };

        login("web", Map.of());

        assertThat(posts).containsExactly(200);
        assertThat(file).hasContent(StandInApi.TOKEN);
    }

    /** A name that leads to this machine makes no page of the web one of the dashboard's. */
    @Test
    void anotherHostsNameIsNotAnswered() throws Exception {
        List<String> answers = new ArrayList<>();
        try (WebLogin login = WebLogin.open(URI.create("https://dashboard.example.com"))) {
            String encoded = login.page().toString().substring("https://dashboard.example.com/login/cli/".length());
            URI back = URI.create(URLDecoder.decode(encoded.replace("%25", "%"), StandardCharsets.UTF_8));
            for (String host : List.of("evil.example.com:" + back.getPort(), "127.0.0.1:" + back.getPort())) {
                try (Socket socket = new Socket("127.0.0.1", back.getPort())) {
                    socket.getOutputStream()
                            .write(("POST " + back.getPath() + " HTTP/1.1\r\nHost: " + host
                                            + "\r\nConnection: close\r\nContent-Length: 7\r\n\r\ntoken=t")
                                    .getBytes(StandardCharsets.US_ASCII));
                    answers.add(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
                }
            }
        }
        assertThat(answers).containsExactly("HTTP/1.1 404", "HTTP/1.1 200");
    }

    @Test
    void nobodyComesInTime() throws IOException {
        refused("RB656", () -> login(Optional.of("web"), Optional.empty(), Duration.ofMillis(1), Map.of()));
        assertThat(file).doesNotExist();
    }

    @Test
    void aPasswordAndASecondFactorAreAskedFor() throws Exception {
        fleet.api.secondFactor("123456");
        typed.addAll(List.of("test@balena.local", PASSWORD, "123456"));

        login(Optional.empty(), Optional.empty(), Duration.ZERO, Map.of());

        assertThat(fleet.api.requests().stream()
                        .filter(request -> request.method().equals("POST"))
                        .map(request -> request.path() + " " + request.body()))
                .hasSize(2)
                .satisfies(
                        first -> assertThat(first)
                                .startsWith("/login_")
                                .contains("username=test@balena.local", "password=" + PASSWORD),
                        atIndex(0))
                .contains("/auth/totp/verify {code=123456}", atIndex(1));
        assertThat(Files.readString(file)).matches("[^.]+\\.[^.]+\\.[^.]+");
        assertThat(fleet.printed()).singleElement().asString().startsWith("logged in");
    }

    @Test
    void whoIsNotLetInIsToldAndNothingIsKept() throws Exception {
        typed.addAll(List.of("test@balena.local", "wrong"));
        refused("RB655 the server does not let you in", () -> login("password", Map.of()));
        fleet.api.secondFactor("123456");
        typed.addAll(List.of("test@balena.local", PASSWORD, "000000"));
        refused("the code is not right", () -> login("password", Map.of()));
        fleet.api.plan((method, path, earlier) -> path.equals("/login_") ? Fault.tooMany("7200") : Fault.NONE);
        typed.addAll(List.of("test@balena.local", PASSWORD));
        refused("too many tries to log in; the server listens again in 7200 s", () -> login("password", Map.of()));
        refused("RB655 the e-mail is missing", () -> login("password", Map.of()));
        refused("RB655 the key is missing", () -> login("key", Map.of()));
        refused("RB603", () -> login("key", Map.of("BALENA_API_KEY", "not-a-key-of-the-server")));
        refused("RB659", () -> login("magic", Map.of()));
        assertThat(file).doesNotExist();
    }

    @Test
    void aKeyComesFromTheEnvironmentOrTheTerminal() throws Exception {
        login("key", Map.of("BALENA_API_KEY", StandInApi.TOKEN));
        assertThat(file).hasContent(StandInApi.TOKEN);
        fleet.api.accept("another-key");
        typed.add("another-key");

        login("key", Map.of());

        assertThat(file).hasContent("another-key");
        assertThat(fleet.robot.said()).isEmpty();
    }

    @Test
    void aKeyOnTheCommandLineIsTakenWithAWarning() throws Exception {
        login(Optional.empty(), Optional.of(StandInApi.TOKEN), Duration.ZERO, Map.of());

        assertThat(file).hasContent(StandInApi.TOKEN);
        assertThat(fleet.robot.said())
                .singleElement()
                .asString()
                .contains("warning RB657")
                .doesNotContain(StandInApi.TOKEN);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void refused(String text, Work work) {
        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(work::run)
                .satisfies(e -> assertThat(e.getMessage()).contains(text).doesNotContain(PASSWORD, "not-a-key"));
    }
}
