package io.rosbalena.apt.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.rosbalena.apt.preference.PreferencesReader;
import io.rosbalena.apt.source.AptFiles;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.source.AptSourceReader;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random preferences on small random archives, held to what {@code apt-cache policy} says of the same files. */
class PreferencesComparisonTest {
    private static final int PREFERENCES = 25;
    private static final List<String> NAMES =
            List.of("alpha", "beta", "libfoo1", "libfoo-dev", "python3-x", "ros-humble-a", "gamma++");
    private static final List<String> VERSIONS = List.of("1.0-1", "1.0-2", "1.1", "2.0~rc1", "2.0-1", "1:0.5", "10");
    private static final List<String> SOURCES = List.of("alpha", "foo", "libfoo1", "stack");
    private static final List<String> ARCHIVES = List.of("stable", "testing", "jammy-backports", "Unstable");
    private static final List<String> CODENAMES = List.of("bookworm", "trixie", "jammy", "sid");
    private static final List<String> ORIGINS = List.of("Debian", "Ubuntu", "ROS", "Open Robotics");
    private static final List<String> LABELS = List.of("Debian", "ROS 2", "Debian-Security");
    private static final List<String> NUMBERS = List.of("12", "12.5", "22.04");

    @TempDir
    private Path folder;

    private Random random = new Random(0);
    private HttpServer server;
    private String sources = "";
    private final Set<URI> roots = new HashSet<>();

    @BeforeEach
    void serveFiles() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/apt-cache")), "skipped: there is no apt");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Path file = folder.resolve("www" + exchange.getRequestURI().getPath());
            boolean there = Files.isRegularFile(file);
            byte[] body = there ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(there ? 200 : 404, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void archive(int number) throws IOException {
        Path root = folder.resolve("www/" + number);
        String suite = one(ARCHIVES);
        String codename = one(CODENAMES);
        StringBuilder release = new StringBuilder();
        release.append("Suite: ").append(suite).append('\n');
        release.append("Codename: ").append(codename).append('\n');
        optional(release, "Origin", ORIGINS);
        optional(release, "Label", LABELS);
        optional(release, "Version", NUMBERS);
        if (random.nextInt(3) == 0) {
            release.append("NotAutomatic: yes\n");
            if (random.nextBoolean()) {
                release.append("ButAutomaticUpgrades: yes\n");
            }
        }
        release.append(
                "Date: Thu, 01 Jan 2026 00:00:00 UTC\nArchitectures: amd64\nComponents: main universe\nSHA256:\n");
        for (String component : List.of("main", "universe")) {
            Path index = root.resolve("dists/" + suite + "/" + component + "/binary-amd64/Packages");
            Files.createDirectories(index.getParent());
            Files.writeString(index, packages());
            release.append(" ")
                    .append(Digest.of(index).hex())
                    .append(" ")
                    .append(Files.size(index))
                    .append(" ")
                    .append(component)
                    .append("/binary-amd64/Packages\n");
        }
        Files.writeString(root.resolve("dists/" + suite + "/Release"), release);
        String uri = number == 0
                ? root.toUri().toString()
                : "http://" + (number == 1 ? "localhost" : "127.0.0.1") + ":"
                        + server.getAddress().getPort() + "/" + number + "/";
        roots.add(URI.create(uri));
        sources += "deb [trusted=yes arch=amd64] " + uri + " " + suite + " main universe\n";
    }

    private void optional(StringBuilder release, String field, List<String> values) {
        if (random.nextInt(4) > 0) {
            release.append(field).append(": ").append(one(values)).append('\n');
        }
    }

    /** The same version has the same content everywhere, as in a mirror. */
    private String packages() {
        StringBuilder text = new StringBuilder();
        for (String name : NAMES) {
            for (String version : VERSIONS) {
                if (random.nextInt(4) == 0) {
                    text.append("Package: " + name + "\nVersion: " + version + "\nArchitecture: "
                            + (name.startsWith("python") ? "all" : "amd64") + "\nSource: "
                            + SOURCES.get(Math.floorMod(name.hashCode() + version.hashCode(), SOURCES.size()))
                            + "\nMaintainer: Nobody <nobody@example.org>\nDescription: a test\nFilename: pool/" + name
                            + "_" + version.replace(":", "") + ".deb\nSize: 100\nSHA256: "
                            + Digest.of(name + version).hex() + "\n\n");
                }
            }
        }
        return text.toString();
    }

    private String preferences() {
        StringBuilder text = new StringBuilder();
        int records = 1 + random.nextInt(6);
        for (int i = 0; i < records; i++) {
            boolean general = random.nextInt(3) == 0;
            text.append("Explanation: random\nPackage: ")
                    .append(general ? "*" : names())
                    .append("\nPin: ")
                    .append(pin(general))
                    .append("\nPin-Priority: ")
                    .append(one(List.of(
                            "-1",
                            general ? "never" : "2",
                            "-10",
                            "1",
                            "100",
                            "450",
                            "500",
                            "501",
                            "990",
                            "1001",
                            "32767")))
                    .append(random.nextInt(5) == 0 ? "\n# a remark\n\n" : "\n\n");
        }
        return text.toString();
    }

    private String names() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            String word = one(List.of(
                    one(NAMES),
                    one(NAMES),
                    "*",
                    "lib*",
                    "*o?1",
                    "[a-b]*",
                    "[!a-b]*",
                    "/^lib/",
                    "/o+.*[[:digit:]]$/",
                    "/FOO/",
                    "src:" + one(SOURCES),
                    "src:s*",
                    "src:/^foo$/",
                    one(NAMES) + ":any",
                    one(NAMES) + ":amd64",
                    one(NAMES) + ":arm64",
                    "unknown"));
            words.add(word);
        }
        return String.join(" ", words);
    }

    private String pin(boolean general) {
        return switch (random.nextInt(general ? 8 : 11)) {
            case 0 -> "release a=" + one(ARCHIVES);
            case 1 -> "release n=" + one(CODENAMES) + ", o=" + one(ORIGINS);
            case 2 ->
                "release " + one(List.of(one(ARCHIVES), one(CODENAMES), one(NUMBERS), "*", "12*", "st*", "/est/"));
            case 3 -> "release c=" + one(List.of("main", "universe", "*e*")) + ",b=" + one(List.of("amd64", "all"));
            case 4 -> "release l=" + one(LABELS) + ",v=" + one(List.of("12", "12*", "22.04", "1*"));
            case 5 ->
                "origin " + one(List.of("\"\"", "localhost", "\"127.0.0.1\"", "127.*", "\"nowhere.example.org\""));
            case 6 -> "release o=" + one(List.of("debian", "/^ro/", "*", "Open*", one(ORIGINS)));
            case 7 -> one(List.of("release x=1", "release a=", "Release A=stable", "release"));
            case 8 -> "version " + one(VERSIONS);
            case 9 -> "version " + one(List.of("1.*", "2.0*", "*", "1:*", "/^2/", "?.0-1"));
            default -> "version 9.9";
        };
    }

    private record Judgement(String candidate, Map<String, Integer> priorities) {}

    private Map<String, Judgement> apts(String preferences, String defaultRelease) throws IOException {
        Path file = Files.writeString(folder.resolve("preferences"), preferences);
        List<String> command = new ArrayList<>(List.of("policy"));
        command.addAll(NAMES);
        String output = apt("apt-cache", file, defaultRelease, command);
        Map<String, Judgement> all = new TreeMap<>();
        Map<String, Integer> priorities = new TreeMap<>();
        Pattern version = Pattern.compile("     (\\S+) (-?[0-9]+)");
        String name = "";
        String candidate = "";
        for (String line : (output + "end:\n").lines().toList()) {
            Matcher matcher = version.matcher(line);
            if (line.matches("\\S+:")) {
                if (!name.isEmpty()) {
                    all.put(name, new Judgement(candidate, priorities));
                }
                name = line.replace(":", "");
                priorities = new TreeMap<>();
            } else if (line.startsWith("  Candidate: ")) {
                candidate = line.substring("  Candidate: ".length()).replace("(none)", "");
            } else if (matcher.matches()) {
                priorities.put(matcher.group(1), Integer.parseInt(matcher.group(2)));
            }
        }
        return all;
    }

    private String apt(String program, Path preferences, String defaultRelease, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(program, "-q"));
        for (String option : List.of(
                "APT::Architecture=amd64",
                "APT::Architectures=amd64",
                "APT::Default-Release=" + defaultRelease,
                "Dir::State=" + Files.createDirectories(folder.resolve("state")),
                "Dir::State::status=" + folder.resolve("status"),
                "Dir::Cache=" + Files.createDirectories(folder.resolve("cache")),
                "Dir::Etc::sourcelist=" + folder.resolve("sources.list"),
                "Dir::Etc::sourceparts=/dev/null",
                "Dir::Etc::preferences=" + preferences,
                "Dir::Etc::preferencesparts=/dev/null",
                "Acquire::Languages=none",
                "Acquire::http::Proxy=DIRECT",
                "APT::Sandbox::User=root",
                "Debug::NoLocking=true")) {
            command.add("-o");
            command.add(option);
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            assertThat(process.waitFor()).as(output).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return output;
    }

    private Map<String, Judgement> ours(String preferences, String defaultRelease) throws IOException {
        Path etc = Files.createDirectories(folder.resolve("root/etc/apt/apt.conf.d"))
                .getParent();
        Files.writeString(etc.resolve("preferences"), preferences);
        Files.writeString(
                etc.resolve("apt.conf.d/20release"),
                defaultRelease.isEmpty() ? "" : "APT { // mine\n  Default-Release \"" + defaultRelease + "\";\n};\n");
        Findings findings = new Findings();
        List<AptSource> read = new AptSourceReader(AptFiles.ofProject(folder), AptSource.ThirdParties.USE, findings)
                .read("sources.list", sources);
        CandidateTable table = AptRepositories.open(
                read,
                new ArchiveRules(
                        roots,
                        Snapshots.NONE,
                        PreferencesReader.read(AptFiles.below(folder.resolve("root")), findings)),
                "amd64",
                new HttpTransfer(TransferSettings.standard()),
                BlobStore.open(folder.resolve("store")),
                Clock.systemUTC(),
                List.of(),
                Progress.SILENT);
        Map<String, Judgement> all = new TreeMap<>();
        for (String name : NAMES) {
            Map<String, Integer> priorities = new TreeMap<>();
            table.offers(name)
                    .forEach(offer -> priorities.put(offer.candidate().version().toString(), offer.priority()));
            String candidate =
                    table.candidate(name).map(one -> one.version().toString()).orElse("");
            if (!priorities.isEmpty()) {
                all.put(name, new Judgement(candidate, priorities));
            }
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aptSaysTheSame(long seed) throws IOException {
        random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            archive(i);
        }
        Files.writeString(folder.resolve("sources.list"), sources);
        Files.writeString(folder.resolve("status"), "");
        apt("apt-get", folder.resolve("preferences"), "", List.of("update"));

        Set<Map<String, Judgement>> different = new HashSet<>();
        for (int i = 0; i < PREFERENCES; i++) {
            String preferences = preferences();
            String release = i % 5 == 0 ? sources.split(" ", -1)[4] : "";
            Map<String, Judgement> ours = ours(preferences, release);
            assertThat(ours).as(release + "\n" + preferences + sources).isEqualTo(apts(preferences, release));
            different.add(ours);
        }
        assertThat(different).hasSizeGreaterThan(PREFERENCES / 2);
    }
}
