package io.rosbalena.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Finding;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginFilesTest {
    // base64 of robot:secret
    private static final String AUTH = "{\"auths\": {\"%s\": {\"auth\": \"cm9ib3Q6c2VjcmV0\"}}}";

    @TempDir
    Path home;

    private final List<Finding> problems = new ArrayList<>();

    @Test
    void dockersFileIsRead() throws IOException {
        write(".docker/config.json", AUTH.formatted("registry.example:5000"));

        assertThat(find("registry.example:5000", Map.of())).contains(Login.password("robot", "secret"));
        assertThat(find("other.example", Map.of())).isEmpty();
    }

    @Test
    void anotherFolderOfDockerComesFirst() throws IOException {
        write("there/config.json", AUTH.formatted("registry.example"));
        write(".docker/config.json", "{\"auths\": {\"registry.example\": {\"auth\": \"eDp5\"}}}");

        assertThat(find(
                        "registry.example",
                        Map.of("DOCKER_CONFIG", home.resolve("there").toString())))
                .contains(Login.password("robot", "secret"));
    }

    @Test
    void filesOfPodmanAndSkopeoAreRead() throws IOException {
        write("run/containers/auth.json", AUTH.formatted("one.example"));
        write(".config/containers/auth.json", AUTH.formatted("two.example"));
        Map<String, String> environment =
                Map.of("XDG_RUNTIME_DIR", home.resolve("run").toString());

        assertThat(find("one.example", environment)).isPresent();
        assertThat(find("two.example", environment)).isPresent();
    }

    @Test
    void identityTokensAreToldFromPasswords() throws IOException {
        String nobody = Base64.getEncoder()
                .encodeToString("00000000-0000-0000-0000-000000000000:".getBytes(StandardCharsets.UTF_8));
        write(
                ".docker/config.json",
                "{\"auths\": {\"registry.example\": {\"auth\": \"" + nobody + "\", \"identitytoken\": \"abc\"}}}");

        assertThat(find("registry.example", Map.of())).hasValueSatisfying(login -> {
            assertThat(login.kind()).isEqualTo(Login.Kind.IDENTITY_TOKEN);
            assertThat(login.secret()).isEqualTo("abc");
        });
    }

    @Test
    void aHelperThatIsMissingIsAWarning() throws IOException {
        write(".docker/config.json", "{\"credHelpers\": {\"registry.example\": \"rosbalena-is-not-there\"}}");

        assertThat(find("registry.example", Map.of())).isEmpty();
        assertThat(problems)
                .singleElement()
                .extracting(Finding::print)
                .asString()
                .contains("rosbalena-is-not-there");
    }

    @Test
    void aMalformedFileIsAWarningThatNamesIt() throws IOException {
        write(".docker/config.json", "{broken");

        assertThat(find("registry.example", Map.of())).isEmpty();
        assertThat(problems)
                .singleElement()
                .extracting(Finding::print)
                .asString()
                .contains(".docker/config.json: warning RB511");
    }

    @Test
    void dockerHubGoesByAnyOfItsNames() {
        Logins stored = (host, repository) ->
                host.equals("docker.io") ? Optional.of(Login.password("a", "b")) : Optional.empty();
        Logins logins = stored.underAnyHubName();

        assertThat(logins.find("registry-1.docker.io", "library/ros")).isPresent();
        assertThat(logins.find("ghcr.io", "a")).isEmpty();
    }

    @Test
    void theTextOfALoginHidesIt() {
        assertThat(Login.password("robot", "secret").toString()).doesNotContain("secret");
    }

    /** One place after the other holds the right password; those that come later hold a wrong one. */
    @Test
    void theFirstPlaceThatKnowsARegistryCounts() throws IOException, InterruptedException {
        Path served = Files.createDirectory(home.resolve("served"));
        try (LocalRegistry registry = LocalRegistry.withLogin(served)) {
            Map<String, String> environment = Map.of(
                    "DOCKER_CONFIG", home.resolve("docker").toString(),
                    "REGISTRY_AUTH_FILE", home.resolve("auth-file.json").toString(),
                    "XDG_RUNTIME_DIR", home.resolve("run").toString());
            List<String> places = List.of(
                    "docker/config.json",
                    ".docker/config.json",
                    "auth-file.json",
                    "run/containers/auth.json",
                    ".config/containers/auth.json");
            for (int right = 0; right < places.size(); right++) {
                for (int i = 0; i < places.size(); i++) {
                    Files.deleteIfExists(home.resolve(places.get(i)));
                    if (i >= right) {
                        logIn(registry, places.get(i), i == right ? "secret" : "wrong");
                    }
                }
                Registry client = registry.registries(LoginFiles.of(home, environment, problems::add))
                        .at(registry.host());
                assertThat(client.hasBlob("any", Digest.of(new byte[0])))
                        .as(places.get(right))
                        .isFalse();
            }
            assertThat(problems).isEmpty();
        }
    }

    /** The file as skopeo writes it; it proves a password before it does, so a wrong one is written by hand. */
    private void logIn(LocalRegistry registry, String place, String password) throws IOException, InterruptedException {
        logIn(registry, registry.host(), place, password);
    }

    private void logIn(LocalRegistry registry, String name, String place, String password)
            throws IOException, InterruptedException {
        if (password.equals("secret")) {
            Files.createDirectories(home.resolve(place).getParent());
            registry.skopeo(
                    "login",
                    "--tls-verify=false",
                    "--authfile=" + home.resolve(place),
                    "--username=robot",
                    "--password=secret",
                    name);
        } else {
            write(place, "{\"auths\": {\"" + name + "\": {\"auth\": \"cm9ib3Q6d3Jvbmc=\"}}}");
        }
    }

    /** containers-auth.json(5): the most specific name counts; the file as skopeo writes it. */
    @Test
    void aNamespaceOrRepositoryMayHaveALoginOfItsOwn() throws IOException, InterruptedException {
        Path served = Files.createDirectory(home.resolve("served"));
        try (LocalRegistry registry = LocalRegistry.withLogin(served)) {
            Path file = home.resolve("auth-file.json");
            logIn(registry, registry.host() + "/team", "auth-file.json", "secret");
            Logins logins = LoginFiles.of(home, Map.of("REGISTRY_AUTH_FILE", file.toString()), problems::add);
            Login right = Login.password("robot", "secret");

            assertThat(logins.find(registry.host(), "team/camera")).contains(right);
            assertThat(logins.find(registry.host(), "team/camera/deep")).contains(right);
            assertThat(logins.find(registry.host(), "teams/camera")).isEmpty();
            assertThat(logins.find(registry.host(), "other")).isEmpty();
            assertThat(registry.registries(logins).at(registry.host()).hasBlob("team/x", Digest.of(new byte[0])))
                    .isFalse();
        }
    }

    @Test
    void theMostSpecificNameOfALoginCounts() throws IOException {
        write("auth-file.json", """
                {"auths": {"r.example": {"auth": "YTpob3N0"}, "r.example/n": {"auth": "YTpuYW1lc3BhY2U="},
                           "r.example/n/repo": {"auth": "YTpyZXBv"}, "docker.io/n": {"auth": "YTpodWI="},
                           "https://index.docker.io/v1/": {"auth": "YTphbGw="}}}
                """);
        Logins logins = LoginFiles.of(
                home,
                Map.of("REGISTRY_AUTH_FILE", home.resolve("auth-file.json").toString()),
                problems::add);

        assertThat(logins.find("r.example", "n/repo")).contains(Login.password("a", "repo"));
        assertThat(logins.find("r.example", "n/other")).contains(Login.password("a", "namespace"));
        assertThat(logins.find("r.example", "other/repo")).contains(Login.password("a", "host"));
        assertThat(logins.find("registry-1.docker.io", "n/x")).contains(Login.password("a", "hub"));
        assertThat(logins.find("registry-1.docker.io", "library/x")).contains(Login.password("a", "all"));
        assertThat(problems).isEmpty();
    }

    private Optional<Login> find(String host, Map<String, String> environment) {
        return LoginFiles.of(home, environment, problems::add).find(host, "any");
    }

    private void write(String name, String content) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
