package io.rosbalena.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.Finding;
import java.io.StringReader;
import java.util.List;
import java.util.Properties;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class UnknownParametersTest {
    @Test
    void aMisspeltElementIsToldWithTheRightSpelling() throws Exception {
        assertThat(elements("<deviceTyps>raspberrypi5</deviceTyps><from>apt</from>"))
                .singleElement()
                .isEqualTo(
                        "pom.xml: warning RB753 no goal of this plugin knows <deviceTyps>, so it has no effect\n"
                                + "    did you mean <deviceTypes>? mvn rosbalena:help -Ddetail -Dgoal=build lists the parameters");
        assertThat(elements("<seconds>5</seconds><relayer>true</relayer>")).isEmpty();
        assertThat(elements("")).isEmpty();
    }

    @Test
    void anElementOfOneExecutionIsLookedAtToo() throws Exception {
        assertThat(
                        print(
                                "<executions><execution><configuration><quux>1</quux></configuration></execution></executions>"))
                .singleElement()
                .asString()
                .contains("<quux>")
                .doesNotContain("did you mean");
    }

    @Test
    void whatIsNeitherTrueNorFalseIsAnError() throws Exception {
        assertThat(elements("<locked>yes</locked><strict>TRUE</strict><skip>${x}</skip>"))
                .singleElement()
                .asString()
                .startsWith("pom.xml: error RB754 <locked> is neither true nor false: yes");
        assertThat(properties("rosbalena.locked", "on"))
                .singleElement()
                .asString()
                .contains("RB754 -Drosbalena.locked");
        assertThat(properties("rosbalena.locked", "true")).isEmpty();
    }

    @Test
    void aMisspeltPropertyIsToldWithTheRightSpelling() throws Exception {
        assertThat(properties("rosbalena.lockd", "true"))
                .singleElement()
                .asString()
                .contains("warning RB753", "-Drosbalena.lockd,", "did you mean -Drosbalena.locked?");
        assertThat(properties("another.lockd", "true")).isEmpty();
    }

    @Test
    void thePomMayHavePropertiesOfItsOwn() throws Exception {
        MavenProject project = project("");
        project.getModel().addProperty("rosbalena.version", "1");
        project.getModel().addProperty("rosbalena.stricct", "true");
        assertThat(UnknownParameters.find(project, new Properties(), Descriptor.read())
                        .all())
                .singleElement()
                .extracting(Finding::print)
                .asString()
                .startsWith("pom.xml: warning RB753")
                .contains("did you mean <rosbalena.strict>?");
    }

    @Test
    void sizesAreReadAsPeopleWriteThem() {
        assertThat(List.of("0", "20", "20 GB", "500mb", "1.5 TB", "7 kB", "12 B").stream()
                        .map(StoreLimit::bytes))
                .containsExactly(0L, 20_000_000_000L, 20_000_000_000L, 500_000_000L, 1_500_000_000_000L, 7000L, 12L);
        assertThatThrownBy(() -> StoreLimit.bytes("much")).hasMessageContaining("RB755");
        assertThatThrownBy(() -> StoreLimit.bytes("-1")).hasMessageContaining("RB755");
    }

    private static List<String> elements(String configuration) throws Exception {
        return print("<configuration>" + configuration + "</configuration>");
    }

    private static List<String> print(String plugin) throws Exception {
        return UnknownParameters.find(project(plugin), new Properties(), Descriptor.read()).all().stream()
                .map(Finding::print)
                .toList();
    }

    private static List<String> properties(String name, String value) throws Exception {
        Properties user = new Properties();
        user.setProperty(name, value);
        return UnknownParameters.find(project(""), user, Descriptor.read()).all().stream()
                .map(Finding::print)
                .toList();
    }

    private static MavenProject project(String plugin) throws Exception {
        return new MavenProject(new MavenXpp3Reader()
                .read(new StringReader("<project><build><plugins><plugin><groupId>io.rosbalena</groupId>"
                        + "<artifactId>rosbalena-maven-plugin</artifactId>" + plugin
                        + "</plugin></plugins></build></project>")));
    }
}
