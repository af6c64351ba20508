package io.rosbalena.balena;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.FileFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A place that may hold a token. */
@FunctionalInterface
public interface TokenSource {
    /** Where the command line of balena keeps its token, unless the environment says otherwise. */
    String DIRECTORY = "BALENARC_DATA_DIRECTORY";

    /** The token, if there is one. */
    Optional<ApiToken> find() throws IOException;

    /** {@code BALENA_API_KEY}, as continuous integration sets it. */
    static TokenSource ofEnvironment(Map<String, String> environment) {
        return () -> Optional.ofNullable(environment.get("BALENA_API_KEY"))
                .filter(text -> !text.isBlank())
                .map(text -> ApiToken.of(text, "BALENA_API_KEY"));
    }

    /** The token of whoever logged in on this machine. */
    static TokenSource ofFile(Path file) {
        return () -> {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            try {
                String text = Files.readString(file);
                return text.isBlank()
                        ? Optional.empty()
                        : Optional.of(ApiToken.of(text, file.toString()).in(file));
            } catch (IOException e) {
                throw FileFinding.of(e, List.of(file));
            }
        };
    }

    /**
     * The file of the token of whoever logged in, which balena's command line reads, too.
     *
     * @param home of the user
     */
    static Path file(Path home, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(DIRECTORY))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElse(home.resolve(".balena"))
                .resolve("token");
    }

    /**
     * The first token that is found.
     *
     * @throws FindingException RB601 if there is none, RB602 if a place holds something else
     */
    static ApiToken first(List<TokenSource> sources) throws IOException {
        for (TokenSource source : sources) {
            Optional<ApiToken> found = source.find();
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw FindingException.input(Finding.error("RB601", "nobody is logged in to balena")
                .fix("run mvn rosbalena:login; in continuous integration set BALENA_API_KEY, or give the key as"
                        + " password of the <server> with the id balena in settings.xml"));
    }
}
