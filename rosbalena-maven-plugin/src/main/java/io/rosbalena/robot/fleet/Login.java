package io.rosbalena.robot.fleet;

import io.rosbalena.balena.Actor;
import io.rosbalena.balena.ApiFinding;
import io.rosbalena.balena.ApiServer;
import io.rosbalena.balena.ApiToken;
import io.rosbalena.balena.ApiUrl;
import io.rosbalena.balena.Printable;
import io.rosbalena.balena.Session;
import io.rosbalena.balena.TokenSource;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.AtomicFile;
import io.rosbalena.store.FileFinding;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The goal {@code login}: a token in the file where balena's command line has it, too. */
public final class Login {
    private static final String KEY = "BALENA_API_KEY";
    private static final String PASSWORD = "BALENA_PASSWORD";

    private final ApiUrl url;
    private final Request request;
    private final Surroundings surroundings;

    private Login(ApiUrl url, Request request, Surroundings surroundings) {
        this.url = url;
        this.request = request;
        this.surroundings = surroundings;
    }

    /**
     * How somebody logs in.
     *
     * @param way {@code web}, {@code key} or {@code password}; empty: web for balenaCloud, else password
     * @param key an API key that was written on the command line
     * @param email of who has a password
     * @param limit for the login in a browser
     * @param environment that of this process
     * @param file of the token
     * @param prompt who can be asked
     * @param browser opens a page
     */
    public record Request(
            Optional<String> way,
            Optional<String> key,
            Optional<String> email,
            Duration limit,
            Map<String, String> environment,
            Path file,
            Prompt prompt,
            Consumer<URI> browser) {
        public Request {
            environment = Map.copyOf(environment);
        }

        /** It holds secrets. */
        @Override
        public String toString() {
            return "a login";
        }
    }

    /**
     * Logs in and keeps the token.
     *
     * @throws FindingException RB655 and RB656 if nobody is let in, RB603 if the server does not take the token
     */
    public static void run(FleetAccess access, Request request, Surroundings surroundings, Consumer<String> sink)
            throws IOException, InterruptedException {
        Login login = new Login(access.url(), request, surroundings);
        ApiToken token = login.token(sink);
        ApiServer api = ApiServer.at(access.url(), token, surroundings.network(), surroundings.console()::message);
        Actor actor = ApiFinding.telling(api, api::whoAmI);
        try {
            AtomicFile.writePrivate(request.file(), token.value().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw FileFinding.of(e, List.of(request.file()));
        }
        sink.accept("logged in to " + access.url() + " as " + Printable.line(actor.name()) + "; the token is in "
                + request.file());
        String used = TokenSource.first(access.tokens()).origin();
        if (!used.equals(request.file().toString())) {
            sink.accept("the token from " + used + " comes before it, and is used by the other goals");
        }
    }

    private ApiToken token(Consumer<String> sink) throws IOException, InterruptedException {
        String usual = url.toString().equals(ApiUrl.BALENA_CLOUD) ? "web" : "password";
        String way =
                request.key().isPresent() ? "key" : request.way().orElse(usual).toLowerCase(Locale.ROOT);
        return switch (way) {
            case "web" -> web(sink);
            case "key" -> key();
            case "password" -> password();
            default ->
                throw FindingException.input(Finding.error("RB659", "nobody logs in by \"" + way + "\"")
                        .fix("write -Drosbalena.login=web, key or password"));
        };
    }

    private ApiToken web(Consumer<String> sink) throws IOException, InterruptedException {
        try (WebLogin login = WebLogin.open(url.sibling("dashboard"))) {
            sink.accept("open this page in a browser on this machine, and log in there:");
            sink.accept("  " + login.page());
            request.browser().accept(login.page());
            return ApiToken.of(login.await(request.limit()), "the dashboard");
        }
    }

    private ApiToken key() {
        if (request.key().isPresent()) {
            surroundings
                    .console()
                    .finding(Finding.warning(
                                    "RB657",
                                    "an API key stands on the command line, where others of this machine can read it,"
                                            + " and in the history of the shell")
                            .fix("next time export " + KEY + "=…, or type the key when it is asked for"));
            return ApiToken.of(request.key().get(), "-Drosbalena.login.key");
        }
        String fromEnvironment = request.environment().getOrDefault(KEY, "");
        return fromEnvironment.isBlank()
                ? ApiToken.of(ask(request.prompt().secret("API key: "), "the key", KEY), "the console")
                : ApiToken.of(fromEnvironment, KEY);
    }

    private ApiToken password() throws IOException {
        String email = request.email()
                .orElseGet(() -> ask(request.prompt().line("e-mail: "), "the e-mail", "-Drosbalena.login.email"));
        String fromEnvironment = request.environment().getOrDefault(PASSWORD, "");
        String password = fromEnvironment.isEmpty()
                ? ask(request.prompt().secret("password: "), "the password", PASSWORD)
                : fromEnvironment;
        Session session = new Session(url, surroundings.network());
        ApiToken token = session.begin(email, password);
        if (!Session.wantsSecondFactor(token)) {
            return token;
        }
        return session.secondFactor(
                token, ask(request.prompt().line("code of the authenticator: "), "the code", "a terminal"));
    }

    private static String ask(Optional<String> answer, String what, String otherwise) {
        return answer.filter(text -> !text.isBlank())
                .orElseThrow(() -> FindingException.input(
                        Finding.error("RB655", what + " is missing, and there is no terminal to ask for it")
                                .fix("run it in a terminal, or give it with " + otherwise)));
    }
}
