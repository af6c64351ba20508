package io.rosbalena.rosdep;

import static io.rosbalena.rosdep.DatabaseFolder.JAMMY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.rosbalena.finding.FindingException;
import io.rosbalena.rosdep.Resolution.Found;
import io.rosbalena.rosdep.Resolution.Missing;
import io.rosbalena.store.Digest;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.LocalServer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RosdepDatabaseTest {
    private static final Map<String, String> SERVED = Map.of(
            "/r/index-v4.yaml",
            "type: index\nversion: 4\ndistributions:\n  humble: {distribution: [humble/distribution.yaml]}\n",
            "/r/humble/distribution.yaml",
            """
            type: distribution
            version: 2
            release_platforms: {ubuntu: [jammy], rhel: ['8']}
            repositories:
              tools:
                release: {packages: [tool_a, Tool_B], url: x}
              single:
                release: {url: x}
              unreleased:
                source: {url: x}
            """,
            "/r/rosdep/base.yaml",
            "eigen: {ubuntu: [libeigen3-dev]}\n");

    @TempDir
    Path path;

    private DatabaseFolder folder;

    @BeforeEach
    void make() {
        folder = new DatabaseFolder(path);
    }

    @Test
    void readsNothingBeyondTheOverlayThatAnswers() throws IOException {
        folder.write("rosdep/o.yaml", "eigen: {ubuntu: [my-eigen]}");
        try (LocalServer server = new LocalServer(RosdepDatabaseTest::serve)) {
            RosdepDatabase database = open(server, Map.of(), RosdepSources.overlays(path));
            assertThat(packages(database, "eigen")).containsExactly("my-eigen");
            assertThat(server.requests).isEmpty();
            assertThat(database.consulted()).containsOnlyKeys("rosdep/o.yaml");
        }
    }

    @Test
    void asksTheIndexOnlyWhenTheDatabasesDoNotAnswer() throws IOException {
        try (LocalServer server = new LocalServer(RosdepDatabaseTest::serve)) {
            RosdepDatabase database = open(server, Map.of(), List.of());
            assertThat(packages(database, "eigen")).containsExactly("libeigen3-dev");
            assertThat(server.requests).extracting(LocalServer.Request::path).containsExactly("/r/rosdep/base.yaml");
            assertThat(packages(database, "tool_a")).containsExactly("ros-humble-tool-a");
            assertThat(server.requests)
                    .extracting(LocalServer.Request::path)
                    .containsExactly("/r/rosdep/base.yaml", "/r/index-v4.yaml", "/r/humble/distribution.yaml");
        }
    }

    @Test
    void worksOfflineWithTheDigestsOfAnEarlierRun() throws IOException {
        SortedMap<String, Digest> known;
        RosdepSources sources;
        try (LocalServer server = new LocalServer(RosdepDatabaseTest::serve)) {
            RosdepDatabase database = open(server, Map.of(), List.of());
            packages(database, "single");
            known = database.consulted();
            sources = sources(server, List.of());
        }
        RosdepDatabase offline = folder.open(sources, known);
        assertThat(packages(offline, "single")).containsExactly("ros-humble-single");
        assertThat(offline.consulted()).isEqualTo(known).hasSize(3);
        assertThat(known.values()).contains(Digest.of(SERVED.get("/r/rosdep/base.yaml")));
        assertThatThrownBy(() -> folder.open(sources, Map.of()).resolve("single", JAMMY))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB500")
                .hasMessageContaining("/r/rosdep/base.yaml")
                .hasMessageContaining("offline");
    }

    @Test
    void derivesPackagesFromReleases() throws IOException {
        try (LocalServer server = new LocalServer(RosdepDatabaseTest::serve)) {
            RosdepDatabase database = open(server, Map.of(), List.of());
            assertThat(packages(database, "Tool_B")).containsExactly("ros-humble-Tool-B");
            assertThat(database.resolve("single", JAMMY)).isInstanceOfSatisfying(Found.class, found -> {
                assertThat(found.released()).isTrue();
                assertThat(found.place().toString()).endsWith("/r/humble/distribution.yaml:8");
            });
            assertThat(database.resolve("tools", JAMMY)).isInstanceOf(Missing.class);
            assertThat(database.resolve("unreleased", JAMMY)).isInstanceOf(Missing.class);
            assertThat(database.resolve("single", new TargetOs("debian", "bookworm")))
                    .isInstanceOfSatisfying(
                            Missing.class,
                            missing -> assertThat(missing.alternatives()).containsExactly("rhel", "ubuntu"));
        }
    }

    @Test
    void aRuleForEverySystemDoesNotHideALaterRuleForThisOne() {
        folder.write("a.yaml", "k: {'*': {pip: [p]}}").write("b.yaml", "k: {ubuntu: [u]}");
        assertThat(packages(folder.open("a.yaml", "b.yaml"), "k")).containsExactly("u");
        assertThat(packages(folder.open("a.yaml"), "k")).containsExactly("p");
    }

    @Test
    void takesASourceOnlyWhereAllItsTagsHold() {
        folder.write("a.yaml", "k: {ubuntu: [a]}").write("b.yaml", "k: {ubuntu: [b]}");
        assertThat(packages(folder.open("yaml a.yaml jammy osx", "b.yaml"), "k"))
                .containsExactly("b");
        assertThat(packages(folder.open("a.yaml humble ubuntu jammy", "b.yaml"), "k"))
                .containsExactly("a");
    }

    @Test
    void aLaterDistributionFileReplacesWholeRepositories() {
        folder.write("index.yaml", "type: index", "version: 4", "distributions:", "  humble: {distribution: [a, b]}")
                .write(
                        "a",
                        "type: distribution",
                        "version: 2",
                        "repositories:",
                        "  r: {release: {packages: [one, two]}}")
                .write(
                        "b",
                        "type: distribution",
                        "version: 2",
                        "release_platforms: {ubuntu: [jammy]}",
                        "repositories:",
                        "  r: {release: {packages: [two]}}");
        RosdepDatabase database = folder.open("index.yaml");
        assertThat(packages(database, "two")).containsExactly("ros-humble-two");
        assertThat(database.resolve("one", JAMMY)).isInstanceOf(Missing.class);
        assertThat(database.consulted()).containsOnlyKeys("index.yaml", "a", "b");
    }

    @Test
    void namesTheDistributionsOfAnIndexThatLacksThisOne() {
        folder.write("index.yaml", "type: index", "version: 4", "distributions: {jazzy: {}, kilted: {}}");
        assertThatThrownBy(() -> folder.open("index.yaml").resolve("k", JAMMY))
                .hasMessageContaining("index.yaml: error RB057")
                .hasMessageContaining("it knows jazzy, kilted");
    }

    @Test
    void refusesAnIndexFromTheNetworkThatNamesALocalFile() throws IOException {
        String index = "type: index\nversion: 4\ndistributions: {humble: {distribution: ['file:///etc/passwd']}}\n";
        try (LocalServer server = new LocalServer(
                exchange -> LocalServer.answer(exchange, 200, index.getBytes(StandardCharsets.UTF_8)))) {
            RosdepSources sources =
                    new RosdepSources(List.of(), List.of(), Optional.of(remote(server.uri("/index.yaml"))), "humble");
            assertThatThrownBy(() -> online(sources, Map.of()).resolve("k", JAMMY))
                    .hasMessageContaining("names no usable distribution file");
        }
    }

    @Test
    void handsTheQueryOnAndNeverShowsIt() throws IOException {
        try (LocalServer server = new LocalServer(exchange -> {
            if (exchange.getRequestURI().getQuery().equals("token=hush")) {
                serve(exchange);
            }
        })) {
            RosdepSource index =
                    RosdepSource.parse(server.uri("/r/index-v4.yaml?token=hush").toString(), path);
            RosdepDatabase database =
                    online(new RosdepSources(List.of(), List.of(), Optional.of(index), "humble"), Map.of());
            assertThat(packages(database, "single")).containsExactly("ros-humble-single");
            assertThat(database.consulted().toString()).doesNotContain("hush");
        }
    }

    @Test
    void findsTheOverlaysAndTheOfficialFilesOfATag() throws IOException {
        folder.write("rosdep/b.yaml", "k: {}").write("rosdep/a.yaml", "k: {}").write("rosdep/notes.txt", "x");
        RosdepSources sources = RosdepSources.official("humble", "humble/2026-08-07")
                .withOverlays(RosdepSources.overlays(path))
                .withIndex(RosdepSource.parse("own/index.yaml", path));
        assertThat(sources.overlays()).extracting(RosdepSource::name).containsExactly("rosdep/a.yaml", "rosdep/b.yaml");
        assertThat(sources.databases())
                .first()
                .extracting(source -> source.uri().getPath())
                .isEqualTo("/ros/rosdistro/humble/2026-08-07/rosdep/base.yaml");
        assertThat(RosdepSources.official("humble", "humble/2026-08-07").index())
                .map(source -> source.uri().getPath())
                .contains("/ros/rosdistro/humble/2026-08-07/index-v4.yaml");
        assertThat(sources.index()).map(RosdepSource::name).contains("own/index.yaml");
    }

    @Test
    void saysWhichFileIsOfAnotherKind() {
        folder.write("a.yaml", "[k]").write("index.yaml", "type: distribution", "version: 2");
        assertThatThrownBy(() -> folder.open("a.yaml").resolve("k", JAMMY))
                .hasMessageContaining("a.yaml:1: error RB050 a mapping is expected here");
        assertThatThrownBy(() -> folder.open("index.yaml").resolve("k", JAMMY))
                .hasMessageContaining("a rosdistro index file of version 2, 3, 4 is expected");
        assertThatThrownBy(() -> folder.open("missing.yaml").resolve("k", JAMMY))
                .isInstanceOfSatisfying(
                        FindingException.class, e -> assertThat(e.kind()).isEqualTo(FindingException.Kind.INPUT))
                .hasMessageContaining("missing.yaml does not exist");
        assertThatThrownBy(() -> RosdepSource.parse("https://a<>", path)).isInstanceOf(FindingException.class);
    }

    @Test
    void sourcesAddSystemsToEachOthersKeys() {
        folder.write("a.yaml", "k: {debian: [a]}")
                .write("b.yaml", "k: {ubuntu: [b], debian: [no]}", "l: {ubuntu: [l]}");
        RosdepDatabase database = folder.open("a.yaml", "b.yaml");
        assertThat(packages(database, "k")).containsExactly("b");
        assertThat(packages(database, "l")).containsExactly("l");
        assertThat(database.resolve("k", new TargetOs("debian", "bookworm")))
                .isInstanceOfSatisfying(
                        Found.class, found -> assertThat(found.packages()).containsExactly("a"));
    }

    @Test
    void addressesThatDifferInTheQueryAloneAreTwoFiles() throws IOException {
        try (LocalServer server = new LocalServer(exchange -> {
            String key = exchange.getRequestURI().getQuery().substring("file=".length());
            LocalServer.answer(exchange, 200, (key + ": {ubuntu: [x" + key + "]}\n").getBytes(StandardCharsets.UTF_8));
        })) {
            RosdepSource a = RosdepSource.parse(server.uri("/raw?file=a").toString(), path);
            RosdepSource b = RosdepSource.parse(server.uri("/raw?file=b").toString(), path);
            RosdepDatabase first = online(databases(a), Map.of());
            assertThat(packages(first, "a")).containsExactly("xa");
            RosdepDatabase both = online(databases(a, b), first.consulted());
            assertThat(packages(both, "b")).containsExactly("xb");
            assertThat(both.consulted()).hasSize(2);
        }
    }

    @Test
    void tellsABadAnswerWithTheAddressAndWithoutItsSecrets() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 20; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(4) + "x]\n");
        }
        Map<String, String> answers = Map.of(
                "/page.yaml", "\n<!DOCTYPE html>\n<html><body>Sign in: now</body></html>\n",
                "/broken.yaml", "a: [x\nb: y\n",
                "/list.yaml", "- a\n",
                "/bomb.yaml", bomb.toString());
        try (LocalServer server = new LocalServer(exchange -> {
            String body = answers.getOrDefault(exchange.getRequestURI().getPath(), "");
            LocalServer.answer(exchange, body.isEmpty() ? 404 : 200, body.getBytes(StandardCharsets.UTF_8));
        })) {
            assertTold(server, "/page.yaml", "RB050", "this is a page for people");
            assertTold(server, "/broken.yaml", "RB050", "cannot be read");
            assertTold(server, "/list.yaml", "RB050", "a mapping is expected here");
            assertTold(server, "/bomb.yaml", "RB050", "aliases expand to more than");
            assertTold(server, "/missing.yaml", "RB501", "does not exist");
        }
    }

    private void assertTold(LocalServer server, String file, String... words) {
        RosdepSource source =
                RosdepSource.parse("http://robot:hush@127.0.0.1:" + server.port() + file + "?token=secret", path);
        assertThatThrownBy(() -> online(databases(source), Map.of()).resolve("k", JAMMY))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("http://127.0.0.1:" + server.port() + file)
                .hasMessageContainingAll(words)
                .message()
                .doesNotContain("hush", "secret");
    }

    private static RosdepSources databases(RosdepSource... sources) {
        return new RosdepSources(List.of(), List.of(sources), Optional.empty(), "humble");
    }

    private RosdepSources sources(LocalServer server, List<RosdepSource> overlays) {
        return new RosdepSources(
                overlays,
                List.of(remote(server.uri("/r/rosdep/base.yaml"))),
                Optional.of(remote(server.uri("/r/index-v4.yaml"))),
                "humble");
    }

    private static RosdepSource remote(URI uri) {
        return new RosdepSource(uri.toString(), uri, Set.of());
    }

    private RosdepDatabase open(LocalServer server, Map<String, Digest> known, List<RosdepSource> overlays) {
        return online(sources(server, overlays), known);
    }

    private RosdepDatabase online(RosdepSources sources, Map<String, Digest> known) {
        return RosdepDatabase.open(sources, known, new HttpTransfer(TransferSettings.standard()), folder.store());
    }

    private static void serve(HttpExchange exchange) throws IOException {
        String body = SERVED.get(exchange.getRequestURI().getPath());
        LocalServer.answer(
                exchange, body == null ? 404 : 200, body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> packages(RosdepDatabase database, String key) {
        Resolution resolution = database.resolve(key, JAMMY);
        assertThat(resolution).isInstanceOf(Found.class);
        return ((Found) resolution).packages();
    }
}
