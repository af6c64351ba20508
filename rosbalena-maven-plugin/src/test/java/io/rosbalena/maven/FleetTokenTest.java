package io.rosbalena.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.RealTool;
import io.rosbalena.balena.standin.StandInApi;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.maven.api.di.Provides;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.io.DefaultSettingsReader;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goals for a fleet as Maven starts them, with a token that stands encrypted in {@code settings.xml}. */
@MojoTest
class FleetTokenTest {
    private static final String SECURITY = "settings.security";
    private static final String MASTER = "hush-this-neither";

    @TempDir
    static Path folder;

    private final String before = System.getProperty(SECURITY, "");
    private StandInApi api;
    private MavenSession session;

    @BeforeAll
    static void needMaven() {
        RealTool.require("mvn");
    }

    @Provides
    MavenSession session() throws Exception {
        Path place = Files.createTempDirectory(folder, "robot");
        api = StandInApi.start(place);
        api.device(api.fleet("acme/courier", "generic-amd64"), "be8cd34393f94932541c21a393e141b8", "happy-surf");
        Path security = place.resolve("settings-security.xml");
        Files.writeString(security, security(encrypt(security, "--encrypt-master-password", MASTER)));
        String encrypted = encrypt(security, "--encrypt-password", StandInApi.TOKEN);
        System.setProperty(SECURITY, security.toString());
        Properties user = new Properties();
        user.setProperty("rosbalena.store", place.resolve("store").toString());
        user.setProperty("rosbalena.apiUrl", api.url());
        user.setProperty("fleet", "acme/courier");
        MavenExecutionRequest request = new DefaultMavenExecutionRequest().setUserProperties(user);
        request.setServers(new DefaultSettingsReader()
                .read(
                        new StringReader("<settings><servers><server><id>balena</id><password>" + encrypted
                                + "</password></server></servers></settings>"),
                        Map.of())
                .getServers());
        // Maven itself makes its sessions this way, up to 3.9.
        @SuppressWarnings("deprecation")
        MavenSession made = new MavenSession(
                null, new DefaultRepositorySystemSession(), request, new DefaultMavenExecutionResult());
        made.setProjects(List.of(project(place)));
        session = made;
        return made;
    }

    private static MavenProject project(Path place) {
        MavenProject project = new MavenProject();
        project.setGroupId("test");
        project.setArtifactId("robot");
        project.setVersion("1");
        project.setFile(place.resolve("pom.xml").toFile());
        Build build = new Build();
        build.setDirectory(place.resolve("target").toString());
        project.setBuild(build);
        return project;
    }

    private static String security(String master) {
        return "<settingsSecurity><master>" + master + "</master></settingsSecurity>";
    }

    private static String encrypt(Path security, String option, String text) throws IOException {
        String said = RealTool.run(folder, "mvn", "-D" + SECURITY + "=" + security, option, text);
        // Besides, Maven sets the terminal's colours back.
        return said.substring(said.indexOf('{'), said.lastIndexOf('}') + 1);
    }

    @AfterEach
    void close() throws IOException {
        api.close();
        if (before.isEmpty()) {
            System.clearProperty(SECURITY);
        } else {
            System.setProperty(SECURITY, before);
        }
    }

    @Test
    @InjectMojo(goal = "devices")
    void theTokenIsOpenedAndSent(DevicesMojo devices) throws Exception {
        devices.execute();

        assertThat(api.requests())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.status()).isEqualTo(200));
    }

    @Test
    @InjectMojo(goal = "devices")
    void aTokenThatStaysEncryptedIsToldAndNotSent(DevicesMojo devices) throws Exception {
        Path security = Path.of(System.getProperty(SECURITY));
        Files.writeString(security, security(encrypt(security, "--encrypt-master-password", "another")));

        assertThatThrownBy(devices::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("RB750")
                .hasMessageContaining("the server balena");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    @InjectMojo(goal = "deploy")
    void aMisspeltWordOfTheCommandLineEndsWhatRobotsWouldNotice(DeployMojo deploy) {
        session.getUserProperties().setProperty("rosbalena.dryrun", "true");

        assertThatThrownBy(deploy::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("RB753")
                .hasMessageContaining("-Drosbalena.dryRun");
        assertThat(api.requests()).isEmpty();
    }
}
