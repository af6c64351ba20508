package io.rosbalena.balena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenSourceTest {
    @TempDir
    Path home;

    @Test
    void theFirstPlaceThatHoldsOneIsTaken() throws IOException {
        Path file = home.resolve("token");
        TokenSource ofFile = TokenSource.ofFile(file);
        TokenSource ofEnvironment = TokenSource.ofEnvironment(Map.of("BALENA_API_KEY", " key\n"));
        Files.writeString(file, "of-the-file\n");

        assertThat(TokenSource.first(List.of(Optional::empty, ofEnvironment, ofFile))
                        .value())
                .isEqualTo("key");
        assertThat(TokenSource.first(List.of(TokenSource.ofEnvironment(Map.of("BALENA_API_KEY", " ")), ofFile))
                        .value())
                .isEqualTo("of-the-file");
    }

    @Test
    void noneAtAllIsToldWithWhatToDo() {
        assertThatThrownBy(() -> TokenSource.first(List.of(TokenSource.ofFile(home.resolve("missing")))))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB601")
                .hasMessageContaining("rosbalena:login");
    }

    @Test
    void whatCanBeNoTokenIsNotSentAndNotShown() throws IOException {
        Path file = Files.writeString(home.resolve("token"), "two words of a secret");

        assertThatThrownBy(() -> TokenSource.ofFile(file).find())
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB602")
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("secret");
    }

    @Test
    void noTextShowsAToken() {
        assertThat(ApiToken.of("secret", "BALENA_API_KEY")).hasToString("a token from BALENA_API_KEY");
    }

    @Test
    void theCommandLineMayKeepItElsewhere() {
        assertThat(TokenSource.file(home, Map.of())).isEqualTo(home.resolve(".balena/token"));
        assertThat(TokenSource.file(home, Map.of("BALENARC_DATA_DIRECTORY", "/data/b")))
                .isEqualTo(Path.of("/data/b/token"));
    }
}
