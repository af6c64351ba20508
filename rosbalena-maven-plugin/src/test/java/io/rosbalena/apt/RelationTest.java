package io.rosbalena.apt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelationTest {

    @Test
    void readsNameQualifierAndVersion() {
        Relation relation = Relation.parse(" python3:any (>= 3.11.2-1~) ");

        assertThat(relation.name()).isEqualTo("python3");
        assertThat(relation.qualifier()).contains("any");
        assertThat(relation.constraint().orElseThrow().operator()).isEqualTo(VersionConstraint.Operator.LATER_OR_EQUAL);
        assertThat(relation).hasToString("python3:any (>= 3.11.2-1~)");
    }

    @Test
    void oldSignsMeanOrEqual() {
        assertThat(Relation.parse("a (< 1)").allows(new DebianVersion("1"))).isTrue();
        assertThat(Relation.parse("a (<< 1)").allows(new DebianVersion("1"))).isFalse();
        assertThat(Relation.parse("a(>1)").allows(new DebianVersion("1"))).isTrue();
    }

    @Test
    void passesOverArchitecturesAndProfiles() {
        assertThat(Relation.parse("libfoo-dev (>= 2) [amd64 arm64] <!nocheck> <!cross>"))
                .hasToString("libfoo-dev (>= 2)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a (>= )", "a (!! 1)", "-a", "a b", "a (>= 1", "${shlibs:Depends}"})
    void refusesOtherForms(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Relation.parse(text));
    }

    @Test
    void readsAlternativesAndPassesOverEmptyItems() {
        List<Dependency> dependencies = Dependency.parseList("mawk | awk, libc6 (>= 2.36),\n ,zlib1g,");

        assertThat(dependencies)
                .extracting(Dependency::toString)
                .containsExactly("mawk | awk", "libc6 (>= 2.36)", "zlib1g");
    }
}
