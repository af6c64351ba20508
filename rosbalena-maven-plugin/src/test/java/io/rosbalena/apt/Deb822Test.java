package io.rosbalena.apt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class Deb822Test {

    @Test
    void readsParagraphsFieldsAndContinuations() {
        List<Stanza> stanzas = Deb822.parse("""
                # a comment
                Package: a
                Description: short\s
                 long
                 .
                # inside
                 end

                \t
                package: b
                """);

        assertThat(stanzas).hasSize(2);
        assertThat(stanzas.get(0).get("PACKAGE")).contains("a");
        assertThat(stanzas.get(0).field("Description").orElseThrow().raw()).isEqualTo(" short \n long\n .\n end");
        assertThat(stanzas.get(0).field("Description").orElseThrow().line()).isEqualTo(3);
        assertThat(stanzas.get(1).get("Package")).contains("b");
        assertThat(stanzas.get(1).line()).isEqualTo(10);
    }

    @Test
    void tellsTheLineOfWhatDoesNotFit() {
        assertThatExceptionOfType(Deb822.SyntaxException.class)
                .isThrownBy(() -> Deb822.parse("Package: a\nnonsense\n"))
                .satisfies(e -> assertThat(e.line()).isEqualTo(2));
        assertThatExceptionOfType(Deb822.SyntaxException.class)
                .isThrownBy(() -> Deb822.parse("A: 1\na: 2\n"))
                .withMessageContaining("twice");
        assertThatExceptionOfType(Deb822.SyntaxException.class).isThrownBy(() -> Deb822.parse(" lost\n"));
    }

    @Test
    void acceptsCarriageReturnsAndAMissingLastLineEnd() {
        assertThat(Deb822.parse("A: 1\r\n\r\nB: 2")).hasSize(2);
    }
}
