package io.rosbalena.maven;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import io.rosbalena.RealTool;
import io.rosbalena.robot.SmallRobot;
import io.rosbalena.transfer.Credential;
import io.rosbalena.transfer.LocalAuthority;
import io.rosbalena.transfer.LocalServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.api.di.Provides;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.io.DefaultSettingsReader;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole goals against an apt mirror that speaks https with a certificate of its own and wants a password, which stands
 * in {@code settings.xml} as {@code mvn --encrypt-password} wrote it.
 */
@MojoTest
class EncryptedMirrorTest {
    private static final String SECURITY = "settings.security";
    private static final String PASSWORD = "hush-nobody-sees-this";

    private static final String MASTER = "hush-this-neither";

    @TempDir
    static Path folder;

    private final String before = System.getProperty(SECURITY, "");
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private SmallRobot robot;
    private LocalAuthority authority;
    private LocalServer mirror;
    private String encrypted = "";

    @BeforeAll
    static void needMaven() {
        RealTool.require("mvn");
    }

    @Provides
    MavenSession session() throws Exception {
        Path place = Files.createTempDirectory(folder, "robot");
        robot = SmallRobot.in(place);
        authority = LocalAuthority.in(place);
        mirror = authority.serve(this::serve);
        String address = "https://127.0.0.1:" + mirror.port();
        robot.write(
                "robot.sources",
                "Types: deb\nURIs: " + address + "/debian\nSuites: test\nComponents: main\nSigned-By: good.gpg\n");
        Path security = place.resolve("settings-security.xml");
        Files.writeString(security, security(encrypt(security, "--encrypt-master-password", MASTER)));
        encrypted = encrypt(security, "--encrypt-password", PASSWORD);
        System.setProperty(SECURITY, security.toString());
        Properties user = new Properties();
        // The harness takes ${basedir} for that of the plugin.
        user.setProperty(
                "rosbalena.composeFile", robot.file("docker-compose.yml").toString());
        user.setProperty("rosbalena.sourceDirectory", robot.file("src").toString());
        user.setProperty("rosbalena.lockFile", robot.file("rosbalena.lock").toString());
        user.setProperty("rosbalena.from", "apt");
        user.setProperty("rosbalena.rosDistro", "humble");
        user.setProperty("rosbalena.platforms", "linux/amd64");
        user.setProperty("rosbalena.aptSources", "robot.sources");
        user.setProperty("rosbalena.rosdepSources", "base.yaml");
        user.setProperty("rosbalena.rosdistroIndex", "index.yaml");
        user.setProperty("rosbalena.store", place.resolve("store").toString());
        user.setProperty("rosbalena.caFile", place.resolve("trusted.pem").toString());
        Files.copy(authority.certificate(), place.resolve("trusted.pem"));
        MavenExecutionRequest request = new DefaultMavenExecutionRequest().setUserProperties(user);
        request.setServers(new DefaultSettingsReader()
                .read(
                        new StringReader("<settings><servers><server><id>127.0.0.1:" + mirror.port()
                                + "</id><username>robot</username><password>" + encrypted
                                + "</password></server></servers></settings>"),
                        Map.of())
                .getServers());
        // Maven itself makes its sessions this way, up to 3.9.
        @SuppressWarnings("deprecation")
        MavenSession session = new MavenSession(
                null, new DefaultRepositorySystemSession(), request, new DefaultMavenExecutionResult());
        session.setProjects(List.of(project()));
        return session;
    }

    private MavenProject project() {
        MavenProject project = new MavenProject();
        project.setGroupId("test");
        project.setArtifactId("robot");
        project.setVersion("1");
        project.setFile(robot.file("pom.xml").toFile());
        Build build = new Build();
        build.setDirectory(robot.file("target").toString());
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

    private void serve(HttpExchange exchange) throws IOException {
        String wanted = Credential.basic("robot", PASSWORD).header();
        if (!wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"mirror\"");
            LocalServer.answer(exchange, 401, new byte[0]);
            return;
        }
        String path = exchange.getRequestURI().getPath().substring("/debian/".length());
        Path file = robot.archive().root().resolve(path);
        boolean there = Files.isRegularFile(file);
        LocalServer.answer(exchange, there ? 200 : 404, there ? Files.readAllBytes(file) : new byte[0]);
    }

    @AfterEach
    void nothingSaidTheSecret() throws IOException {
        mirror.close();
        if (before.isEmpty()) {
            System.clearProperty(SECURITY);
        } else {
            System.setProperty(SECURITY, before);
        }
        String basic = Base64.getEncoder().encodeToString(("robot:" + PASSWORD).getBytes(UTF_8));
        assertThat(printed.toString(UTF_8)).doesNotContain(PASSWORD, basic, encrypted, MASTER);
        try (Stream<Path> written = Files.walk(robot.file(""))) {
            for (Path file : (Iterable<Path>) written.filter(Files::isRegularFile)::iterator) {
                assertThat(new String(Files.readAllBytes(file), UTF_8))
                        .as(file.toString())
                        .doesNotContain(PASSWORD, basic, encrypted);
            }
        }
    }

    /** Runs a goal; what it tells, with all that -X would print. */
    private Throwable run(AbstractMojo goal) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        PrintStream kept = new PrintStream(printed, true, UTF_8);
        Throwable thrown;
        System.setOut(kept);
        System.setErr(kept);
        try {
            goal.setLog(new SystemStreamLog() {
                @Override
                public boolean isDebugEnabled() {
                    return true;
                }
            });
            thrown = catchThrowable(goal::execute);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        if (thrown != null) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            printed.writeBytes(trace.toString().getBytes(UTF_8));
        }
        return thrown;
    }

    private void assertNothingWritten() {
        assertThat(robot.file("rosbalena.lock")).doesNotExist();
        assertThat(robot.file("target")).doesNotExist();
    }

    private static void assertOneError(Throwable thrown, String id) {
        assertThat(thrown.getMessage().split("error RB", -1))
                .as(thrown.getMessage())
                .hasSize(2);
        assertThat(thrown.getMessage()).contains("error " + id);
    }

    @Test
    @InjectMojo(goal = "build")
    void theMirrorIsTrustedAndGetsThePassword(BuildMojo build) throws IOException {
        assertThat(run(build)).isNull();
        assertThat(robot.file("target/rosbalena/images/index.json")).exists();
        assertThat(Files.readString(robot.file("rosbalena.lock"))).doesNotContain("127.0.0.1");
        assertThat(mirror.requests).isNotEmpty();
    }

    @Test
    @InjectMojo(goal = "lock")
    void theLockIsMadeOverTheSameWay(LockMojo lock) {
        assertThat(run(lock)).isNull();
        assertThat(robot.file("rosbalena.lock")).exists();
    }

    @Test
    @InjectMojo(goal = "build")
    void anotherAuthorityIsNotTrusted(BuildMojo build) throws Exception {
        Path other = Files.createTempDirectory(folder, "other");
        Files.writeString(
                authority.certificate().resolveSibling("trusted.pem"),
                Files.readString(LocalAuthority.in(other).certificate()));
        Throwable thrown = run(build);
        assertThat(thrown).isInstanceOf(MojoExecutionException.class);
        assertOneError(thrown, "RB504");
        assertThat(thrown.getMessage())
                .contains("robot.sources:1: ", "127.0.0.1:" + mirror.port())
                .contains("let -Drosbalena.caFile name its certificate authority");
        assertThat(mirror.requests).isEmpty();
        assertNothingWritten();
    }

    @Test
    @InjectMojo(goal = "build")
    void aPasswordOfAnotherMasterIsToldAndNotSent(BuildMojo build) throws Exception {
        Path security = Path.of(System.getProperty(SECURITY));
        Files.writeString(security, security(encrypt(security, "--encrypt-master-password", "another")));
        Throwable thrown = run(build);
        assertThat(thrown).isInstanceOf(MojoFailureException.class);
        assertOneError(thrown, "RB750");
        assertThat(thrown.getMessage())
                .contains("settings.xml: ", "the server 127.0.0.1:" + mirror.port(), "settings-security.xml")
                .doesNotContain("Exception");
        assertThat(mirror.requests).isEmpty();
        assertNothingWritten();
    }

    @Test
    @InjectMojo(goal = "build")
    void withoutAMasterTheEncryptedTextIsNotSentAsPassword(BuildMojo build) throws Exception {
        Files.delete(Path.of(System.getProperty(SECURITY)));
        Throwable thrown = run(build);
        assertThat(thrown).isInstanceOf(MojoFailureException.class);
        assertOneError(thrown, "RB750");
        assertThat(mirror.requests).isEmpty();
        assertNothingWritten();
    }
}
