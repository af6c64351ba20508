package io.rosbalena.rosdep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.rosbalena.Damaged;
import io.rosbalena.finding.FindingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a database or a manifest holds, it is values or an error that names the file. */
class HostileYamlTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String SOUND = """
            # keys
            boost: &boost
              debian: [libboost-dev]
              ubuntu: {jammy: [libboost-all-dev], '*': [libboost-dev]}
            boost_again: *boost
            numpy:
              ubuntu:
                pip: {packages: [numpy], depends: [python3-dev]}
            """;

    private static final List<String> PIECES = List.of(
            "a: &a [x, x, x]\n",
            "b: &b [*a, *a, *a, *a, *a, *a, *a, *a]\n",
            "c: &c [*b, *b, *b, *b, *b, *b, *b, *b]\n",
            "d: &d [*c, *c, *c, *c, *c, *c, *c, *c]\n",
            "e: &e [*d, *d, *d, *d, *d, *d, *d, *d]\n",
            "&s [*s]",
            "<<: *a\n",
            "? [complex]\n: y\n",
            "!!java.io.File [/]",
            "!!python/object/apply:os.system [ls]",
            "!!binary aGk=",
            "!!set {a, b}",
            "%YAML 1.1\n---\n",
            "%TAG ! tag:x,2000:\n",
            "...\n",
            "--- |\n  text\n",
            "{{{{{{{{{{",
            "[[[[[[[[[[",
            "- - - - - ",
            "\t",
            "'",
            "\"\\x",
            "\"\\UFFFFFFFF\"",
            "!%zz x",
            "!%C0%80 x",
            "%YAML 99999999999.1\n---\n",
            "12:30:45",
            "2001-01-01",
            "~",
            ".nan",
            "0x_",
            "\u0085",
            "\u0000",
            "\uD800");

    @Provide
    Arbitrary<String> pieced() {
        return Damaged.pieces(PIECES);
    }

    @Provide
    Arbitrary<String> edited() {
        return Damaged.edited(SOUND, PIECES);
    }

    @Property(tries = 1000)
    void piecesAreValuesOrAnError(@ForAll("pieced") String text) {
        check(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 2000)
    void anEditedDatabaseIsValuesOrAnError(@ForAll("edited") String text) {
        check(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 1000)
    void bytesAreValuesOrAnError(@ForAll byte[] bytes) {
        check(bytes);
    }

    private static void check(byte[] bytes) {
        assertTimeoutPreemptively(SOON, () -> {
            try {
                assertThat(YamlReader.read(bytes, "hostile.yaml", false)).isNotNull();
            } catch (FindingException e) {
                told(e);
            }
            try {
                assertThat(io.rosbalena.yaml.YamlReader.read("hostile.yaml", bytes))
                        .isNotNull();
            } catch (FindingException e) {
                told(e);
            }
        });
    }

    private static void told(FindingException error) {
        assertThat(error.findings()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.file()).contains("hostile.yaml");
            assertThat(finding.message()).isNotBlank();
        });
    }
}
