package io.rosbalena.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import java.util.Map;
import org.codehaus.plexus.configuration.DefaultPlexusConfiguration;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.junit.jupiter.api.Test;

class ConditionVariablesTest {
    private static final String EXPRESSION = "${rosbalena.conditionVariables}";

    private static Map<String, String> elements(PlexusConfiguration configuration) {
        return ConditionVariables.of(configuration, name -> "IGNORED=1");
    }

    private static Map<String, String> property(String value) {
        PlexusConfiguration configuration = new DefaultPlexusConfiguration("conditionVariables", EXPRESSION);
        return ConditionVariables.of(configuration, Map.of("rosbalena.conditionVariables", value)::get);
    }

    private static PlexusConfiguration pom() {
        return new DefaultPlexusConfiguration("conditionVariables", EXPRESSION);
    }

    @Test
    void elementsOfThePomAreVariables() {
        PlexusConfiguration empty = new DefaultPlexusConfiguration("EMPTY");
        PlexusConfiguration pom = pom().addChild("GZ_VERSION", " harmonic ").addChild("MODE", "a,b=c");
        pom.addChild(empty);

        assertThat(elements(pom)).isEqualTo(Map.of("GZ_VERSION", "harmonic", "MODE", "a,b=c", "EMPTY", ""));
    }

    @Test
    void thePropertyIsAList() {
        assertThat(property("GZ_VERSION=harmonic, X=1=2,Y=,"))
                .isEqualTo(Map.of("GZ_VERSION", "harmonic", "X", "1=2", "Y", ""));
        assertThat(property(" ")).isEmpty();
        assertThat(ConditionVariables.of(pom(), name -> null)).isEmpty();
        assertThat(ConditionVariables.of(null, name -> "A=1")).isEmpty();
        assertThat(ConditionVariables.of(new DefaultPlexusConfiguration("conditionVariables", "A=1"), name -> null))
                .isEqualTo(Map.of("A", "1"));
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() -> property("GZ_VERSION,GZ-VERSION=1,=2,A=1,A=2,ROBÓT=1"))
                .isInstanceOfSatisfying(
                        FindingException.class,
                        e -> assertThat(e.findings())
                                .hasSize(5)
                                .allMatch(finding -> finding.id().equals("RB736")))
                .hasMessageContaining("\"GZ_VERSION\" is not of the form NAME=VALUE")
                .hasMessageContaining("\"GZ-VERSION\" is no name that a condition can read")
                .hasMessageContaining("\"\" is no name")
                .hasMessageContaining("A has two values, \"1\" and \"2\"")
                .hasMessageContaining("-Drosbalena.conditionVariables=GZ_VERSION=harmonic,OTHER=1");
        PlexusConfiguration nested = new DefaultPlexusConfiguration("variable").addChild("name", "A");
        PlexusConfiguration pom =
                pom().addChild("gz.version", "1").addChild("A", "${gz.version}").addChild("B", "1\n2");
        pom.addChild(nested);
        assertThatThrownBy(() -> elements(pom))
                .isInstanceOfSatisfying(
                        FindingException.class, e -> assertThat(e.findings()).hasSize(4))
                .hasMessageContaining("gz.version")
                .hasMessageContaining("names a property that nobody sets: ${gz.version}")
                .hasMessageContaining("line breaks")
                .hasMessageContaining("<variable> holds elements");
    }
}
