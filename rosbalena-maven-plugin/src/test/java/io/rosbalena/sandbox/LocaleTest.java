package io.rosbalena.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.JavaInLocale;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A root with names beyond ASCII that was unpacked in one locale is whole in every other. */
class LocaleTest {
    @TempDir
    private Path folder;

    /** Prints the manifest of a folder. */
    static final class Listing {
        private Listing() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            try (PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8)) {
                out.print(StatManifest.of(Path.of(arguments[0])).text());
            }
        }
    }

    @Test
    void theManifestOfARootIsTheSameInTheCLocale() throws Exception {
        JavaInLocale.assumeUtf8();
        Path authorities = Files.createDirectories(folder.resolve("usr/share/f\u0151tan\u00fas\u00edtv\u00e1nyok"));
        Files.writeString(authorities.resolve("\u673a\u5668\u4eba.crt"), "x");
        assertThat(list("C")).contains("\u673a\u5668\u4eba.crt").isEqualTo(list("C.UTF-8"));
    }

    private String list(String locale) throws Exception {
        return JavaInLocale.run(locale, Listing.class, List.of(StatManifest.class), folder.toString());
    }
}
