package io.rosbalena.wheel.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealPython;
import io.rosbalena.finding.FindingException;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.TransferSettings;
import io.rosbalena.wheel.IndexOnDisk;
import io.rosbalena.wheel.MarkerEnvironment;
import io.rosbalena.wheel.PythonVersion;
import io.rosbalena.wheel.Requirement;
import io.rosbalena.wheel.SupportedTags;
import io.rosbalena.wheel.WheelOnDisk;
import io.rosbalena.wheel.index.IndexFile;
import io.rosbalena.wheel.index.SimpleIndex;
import io.rosbalena.wheel.layout.WheelMetadata;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which versions we choose and which the installed pip chooses, from the same index. */
class PipChoiceTest {
    private static final List<String> VERSIONS = List.of("1.0", "1.1", "2.0", "2.1rc1", "3.0");
    private static final List<String> CONDITIONS =
            List.of("", "", ">=1.1", "<2", "<3", "!=2.0", "~=1.0", "==2.*", ">2", "==1.0", ">=2.1rc1");

    @TempDir
    private Path folder;

    private static MarkerEnvironment environment = new MarkerEnvironment("3.11.2", "x86_64");
    private static SupportedTags tags = SupportedTags.cpython(3, 11, 2, 36, "x86_64");

    private static WheelOffers offers(IndexOnDisk index) {
        SimpleIndex simple =
                new SimpleIndex(List.of(URI.create(index.uri())), new HttpTransfer(TransferSettings.standard()));
        return new WheelOffers() {
            @Override
            public List<IndexFile> files(String project) {
                return simple.files(project);
            }

            @Override
            public WheelMetadata metadata(IndexFile file) throws IOException {
                return WheelMetadata.read(Path.of(file.uri()), file.filename());
            }

            @Override
            public String searched(String project) {
                return "";
            }
        };
    }

    private static SortedMap<String, String> ours(IndexOnDisk index, List<String> wanted) throws Exception {
        List<WheelRequest.Wish> wishes = new ArrayList<>();
        for (String one : wanted) {
            wishes.add(new WheelRequest.Wish(Requirement.parse(one).orElseThrow(), "the test", "test", 1));
        }
        WheelRequest request = new WheelRequest(wishes, environment, tags, new TreeMap<>(), new TreeMap<>());
        SortedMap<String, String> versions = new TreeMap<>();
        WheelSolver.solve(request, offers(index))
                .files()
                .forEach((project, file) -> versions.put(project, file.version().toString()));
        return versions;
    }

    /** Empty where pip finds no choice. */
    private Optional<SortedMap<String, String>> ofPip(IndexOnDisk index, List<String> wanted) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                RealPython.PROGRAM.toString(),
                "-m",
                "pip",
                "install",
                "--isolated",
                "--quiet",
                "--dry-run",
                "--ignore-installed",
                "--prefer-binary",
                "--no-cache-dir",
                "--disable-pip-version-check",
                "--index-url",
                index.uri(),
                "--report",
                folder.resolve("report.json").toString()));
        command.addAll(wanted);
        Path errors = folder.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PIP_"));
        builder.environment().put("PIP_CONFIG_FILE", "/dev/null");
        Files.deleteIfExists(folder.resolve("report.json"));
        int status = builder.start().waitFor();
        String said = Files.readString(errors, StandardCharsets.UTF_8);
        if (status != 0) {
            assertThat(said)
                    .containsAnyOf("ResolutionImpossible", "No matching distribution", "requires a different Python");
            return Optional.empty();
        }
        SortedMap<String, String> versions = new TreeMap<>();
        JsonValue report = Json.parse(Files.readAllBytes(folder.resolve("report.json")));
        for (JsonValue one : report.get("install").items()) {
            JsonValue metadata = one.get("metadata");
            versions.put(metadata.get("name").string(), metadata.get("version").string());
        }
        return Optional.of(versions);
    }

    /** The index of one seed: six projects that ask for each other. */
    private IndexOnDisk index(Random random) throws IOException {
        IndexOnDisk index = IndexOnDisk.in(Files.createTempDirectory(folder, "index"));
        for (int project = 0; project < 6; project++) {
            for (String version : VERSIONS) {
                if (random.nextInt(4) == 0) {
                    continue;
                }
                List<String> requires = new ArrayList<>();
                for (int count = random.nextInt(3); count > 0; count--) {
                    int other = random.nextInt(6);
                    if (other > project) {
                        requires.add("p" + other + pick(CONDITIONS, random)
                                + pick(
                                        List.of(
                                                "",
                                                "",
                                                "; python_version >= '3'",
                                                "; python_version < '3'",
                                                "; extra == 'x'"),
                                        random));
                    }
                }
                WheelOnDisk wheel = WheelOnDisk.of("p" + project, version, requires.toArray(String[]::new));
                if (random.nextInt(8) == 0) {
                    wheel.tag(pick(List.of("cp27-none-any", "py3-none-win_amd64", "py2.py3-none-any"), random));
                }
                if (random.nextInt(6) == 0) {
                    wheel.python(pick(List.of(">=3.6", "<3", ">=3.99", "!=3.0.*"), random));
                }
                String attribute = pick(
                        List.of(
                                "",
                                "",
                                "",
                                "",
                                "data-yanked=''",
                                "data-requires-python='&lt;3'",
                                "data-requires-python='&gt;=3.6'"),
                        random);
                index.wheel(wheel, attribute);
            }
        }
        return index;
    }

    private static String pick(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    /** Whether all requirements hold: pip before 23.1 forgets those of an extra when it takes a version back. */
    private static boolean holds(SortedMap<String, String> versions, List<String> wanted, IndexOnDisk index)
            throws Exception {
        WheelOffers offers = offers(index);
        Deque<Requirement> open = new ArrayDeque<>();
        wanted.forEach(one -> open.add(Requirement.parse(one).orElseThrow()));
        while (!open.isEmpty()) {
            Requirement one = open.remove();
            PythonVersion version =
                    PythonVersion.parse(versions.getOrDefault(one.name(), "0")).orElseThrow();
            if (!one.specifiers().contains(version, true)) {
                return false;
            }
            for (IndexFile file : offers.files(one.name())) {
                if (file.version().equals(version)) {
                    for (String text : offers.metadata(file).requiresDist()) {
                        Requirement next = Requirement.parse(text).orElseThrow();
                        if (next.applies(environment, one.extras())) {
                            open.add(next);
                        }
                    }
                }
            }
        }
        return true;
    }

    @Test
    void theSameChoiceOrNone() throws Exception {
        RealPython.require("pip");
        askForThisPython();
        List<String> wrong = new ArrayList<>();
        int same = 0;
        int none = 0;
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            IndexOnDisk index = index(random);
            List<String> wanted = List.of(
                    pick(List.of("p0", "p0[x]"), random) + pick(CONDITIONS, random), "p1" + pick(CONDITIONS, random));
            Optional<SortedMap<String, String>> expected = ofPip(index, wanted);
            Optional<SortedMap<String, String>> found;
            try {
                found = Optional.of(ours(index, wanted));
            } catch (FindingException e) {
                found = Optional.empty();
            }
            same += found.isPresent() && found.equals(expected) ? 1 : 0;
            none += found.isEmpty() && expected.isEmpty() ? 1 : 0;
            if (!found.equals(expected) && (expected.isEmpty() || holds(expected.get(), wanted, index))) {
                wrong.add(seed + " " + wanted + "\n  ours: " + found + "\n  pip: " + expected);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(same).isGreaterThan(8);
        assertThat(none).isGreaterThan(2);
    }

    private static void askForThisPython() throws Exception {
        JsonValue python = RealPython.ask("python_facts.py", Map.of());
        environment = new MarkerEnvironment(
                python.get("version").string(), python.get("machine").string());
        List<Long> numbers = new ArrayList<>();
        for (JsonValue number : python.get("numbers").items()) {
            numbers.add(number.number());
        }
        tags = SupportedTags.cpython(
                numbers.get(0).intValue(),
                numbers.get(1).intValue(),
                numbers.get(2).intValue(),
                numbers.get(3).intValue(),
                python.get("machine").string());
        assertThat(PythonVersion.parse(environment.pythonFullVersion())).isPresent();
    }
}
