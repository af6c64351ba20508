package io.rosbalena.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealPython;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Versions, requirements, names and tags, read by us and by Python's own library, packaging (23.0 in Debian 12). */
class PackagingTest {
    private static final List<String> VERSION_PARTS = List.of(
            "0", "1", "2", "10", "1.0", "1.1", "2.0.0", "1!", ".", "-", "_", "+", "v", "a", "b1", "rc", "RC2", ".post",
            "post1", "-1", ".dev", "dev3", "r4", "alpha", "pre", "c1", "+abc", "+1", "+a.1", "+01", " ", "x", "007");
    private static final List<String> PROBES = List.of(
            "0.9",
            "1",
            "1.0",
            "1.0.0",
            "1.0.1",
            "1.1",
            "1.1a1",
            "1.1rc2",
            "1.1.dev3",
            "1.1.post1",
            "1.1.post1.dev2",
            "1.1a1.post3",
            "1.1+abc",
            "1.1+1",
            "1.1+abc.1",
            "1.10",
            "2",
            "2.0",
            "2.0.dev1",
            "2.0+01",
            "2.2",
            "1!1",
            "1!2.0",
            "3",
            "10.0.0",
            "1.0rc1",
            "1.1a1.dev1");
    private static final List<String> OPERATORS = List.of("==", "!=", "<=", ">=", "<", ">", "~=", "===", "=", "=>", "");
    private static final List<String> REQUIREMENT_PARTS = List.of(
            "foo",
            "Foo.Bar_baz",
            "a-",
            "-b",
            "[",
            "]",
            "[x]",
            "[X.y,z_1]",
            ",",
            ">=1",
            "==1.*",
            "!=1.1",
            "<2",
            "~=1.0",
            "===1",
            "(",
            ")",
            "(>=1,<2)",
            ";",
            "; ",
            " ",
            "\t",
            "extra == 'x'",
            "extra == \"X_y\"",
            "and",
            "or",
            " and ",
            " or ",
            "python_version < '3.12'",
            "python_version >= \"3.9\"",
            "'3.11' == python_version",
            "sys_platform == 'linux'",
            "sys_platform in 'linux darwin'",
            "platform_machine not in \"x86_64\"",
            "os.name == 'posix'",
            "implementation_name == 'pypy'",
            "python_implementation != 'CPython'",
            "platform_release > 'a'",
            "python_full_version ~= '3.11.0'",
            "(python_version < '3')",
            "nothing == 'a'",
            "@ https://h/x.whl",
            " ; ",
            "é");
    private static final List<String> TAGS = List.of(
            "-py3", "-py2.py3", "-cp311", "-abi3", "-none", "-any", "-manylinux_2_17_x86_64.manylinux2014_x86_64");
    private static final List<String> EXTRAS = List.of("", "x", "x-y");
    private static final MarkerEnvironment ENVIRONMENT = new MarkerEnvironment("3.11.2", "x86_64");
    private static final List<String> MACHINES = List.of("x86_64", "aarch64");
    private static final int TEXTS = 4000;

    private static final List<String> versions = new ArrayList<>();
    private static final List<List<String>> pairs = new ArrayList<>();
    private static final List<String> specifiers = new ArrayList<>();
    private static final List<String> requirements = new ArrayList<>();
    private static final List<String> wheels = new ArrayList<>();
    private static JsonValue answer = new JsonValue(Map.of());

    @BeforeAll
    static void askPackaging() throws Exception {
        RealPython.require("packaging");
        Random random = new Random(440);
        for (int i = 0; i < TEXTS; i++) {
            versions.add(text(VERSION_PARTS, 1 + random.nextInt(5), random));
            String version = random.nextBoolean() ? pick(PROBES, random) : pick(versions, random);
            String wildcard = random.nextInt(4) == 0 ? ".*" : "";
            specifiers.add(pick(OPERATORS, random)
                    + (random.nextInt(5) == 0 ? " " : "")
                    + version
                    + wildcard
                    + (random.nextInt(4) == 0 ? "," + pick(OPERATORS, random) + pick(PROBES, random) : ""));
            requirements.add(requirement(random));
            wheels.add(pick(List.of("foo", "Foo_Bar", "foo.bar", "foo-bar"), random)
                    + pick(List.of("-1.0", "-1.0+abc", "-1.0rc1", "-x"), random)
                    + pick(List.of("", "", "-1", "-2b", "-b"), random)
                    + text(TAGS, 2 + random.nextInt(3), random)
                    + pick(List.of("-any.whl", "-linux_x86_64.whl", ".whl", ".zip"), random));
        }
        List<String> valid = versions.stream()
                .filter(one -> PythonVersion.parse(one).isPresent())
                .toList();
        for (int i = 0; i < TEXTS; i++) {
            pairs.add(List.of(pick(valid, random), pick(random.nextBoolean() ? PROBES : valid, random)));
        }
        answer = RealPython.ask(
                "packaging_outcomes.py",
                Map.of(
                        "versions", versions,
                        "pairs", pairs,
                        "specifiers",
                                specifiers.stream()
                                        .map(one -> Map.of("text", one, "probes", probes(one)))
                                        .toList(),
                        "requirements", requirements,
                        "environment", environment(),
                        "extras", EXTRAS,
                        "wheels", wheels,
                        "machines", MACHINES));
    }

    private static Map<String, String> environment() {
        return Stream.of(
                        "os_name",
                        "sys_platform",
                        "platform_system",
                        "platform_machine",
                        "platform_release",
                        "platform_version",
                        "platform_python_implementation",
                        "implementation_name",
                        "implementation_version",
                        "python_full_version",
                        "python_version")
                .collect(Collectors.toMap(
                        Function.identity(), name -> ENVIRONMENT.value(name).orElseThrow()));
    }

    private static String requirement(Random random) {
        String marker = random.nextInt(3) == 0 ? "" : ";" + text(REQUIREMENT_PARTS, 1 + random.nextInt(5), random);
        return pick(List.of("foo", "foo ", "Foo.Bar", "f"), random)
                + text(REQUIREMENT_PARTS, random.nextInt(3), random)
                + marker;
    }

    private static String text(List<String> parts, int count, Random random) {
        return IntStream.range(0, count).mapToObj(i -> pick(parts, random)).collect(Collectors.joining());
    }

    private static String pick(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static List<String> differences(List<String> texts, List<String> expected, Function<String, String> ours) {
        List<String> wrong = new ArrayList<>();
        int valid = 0;
        for (int i = 0; i < texts.size(); i++) {
            String found = ours.apply(texts.get(i));
            valid += found.equals("none") ? 0 : 1;
            if (!found.equals(expected.get(i))) {
                wrong.add(texts.get(i) + "\n  ours: " + found + "\n  packaging: " + expected.get(i));
            }
        }
        assertThat(valid).as("texts that can be read").isGreaterThan(200);
        return wrong;
    }

    @Test
    void versionsReadTheSame() throws IOException {
        assertThat(differences(versions, answer.get("versions").strings(), PackagingTest::version))
                .isEmpty();
    }

    private static String version(String text) {
        return PythonVersion.parse(text).map(PythonVersion::toString).orElse("none");
    }

    @Test
    void versionsSortTheSame() throws IOException {
        List<String> ours = pairs.stream()
                .map(pair -> PythonVersion.parse(pair.get(0))
                        .orElseThrow()
                        .compareTo(PythonVersion.parse(pair.get(1)).orElseThrow()))
                .map(order -> order < 0 ? "<" : order > 0 ? ">" : "=")
                .toList();

        assertThat(ours).isEqualTo(answer.get("orders").strings()).contains("<", "=", ">");
    }

    /**
     * Where prefixes are compared, packaging before 24.0 takes an epoch for the first number of the release, so that epochs
     * are left out there.
     */
    @Test
    void specifiersAdmitTheSameVersions() throws IOException {
        assertThat(differences(
                        specifiers,
                        answer.get("specifiers").strings(),
                        text -> VersionSpecifiers.parse(text)
                                .map(all -> admitted(all, probes(text)))
                                .orElse("none")))
                .isEmpty();
    }

    private static List<String> probes(String specifiers) {
        boolean prefix = specifiers.contains("*") || specifiers.contains("~=");
        return PROBES.stream()
                .filter(version -> !prefix || !version.contains("!"))
                .toList();
    }

    private static String admitted(VersionSpecifiers all, List<String> versions) {
        return versions.stream()
                .map(version -> all.contains(PythonVersion.parse(version).orElseThrow(), true) ? "y" : "n")
                .collect(Collectors.joining());
    }

    @Test
    void requirementsReadTheSame() throws IOException {
        assertThat(differences(requirements, answer.get("requirements").strings(), PackagingTest::requirement))
                .isEmpty();
    }

    private static String requirement(String text) {
        return Requirement.parse(text)
                .map(one -> String.join(
                        "|",
                        one.name(),
                        String.join(",", one.extras()),
                        one.url().isPresent() ? "address" : "",
                        admitted(one.specifiers(), List.of("1", "1.1", "2")),
                        EXTRAS.stream()
                                .map(extra -> one.marker().isEmpty()
                                                || one.marker().get().holds(ENVIRONMENT, extra)
                                        ? "y"
                                        : "n")
                                .collect(Collectors.joining())))
                .orElse("none");
    }

    @Test
    void namesOfWheelsReadTheSame() throws IOException {
        assertThat(differences(
                        wheels,
                        answer.get("wheels").strings(),
                        name -> WheelFilename.parse(name)
                                .map(one -> String.join(
                                        "|",
                                        one.project(),
                                        one.version().toString(),
                                        one.build()
                                                .map(build -> build.number() + build.text())
                                                .orElse(""),
                                        one.tags().stream()
                                                .map(WheelTag::toString)
                                                .sorted()
                                                .collect(Collectors.joining(" "))))
                                .orElse("none")))
                .isEmpty();
    }

    @Test
    void theSamePythonTakesTheSameWheelsInTheSameOrder() throws IOException {
        List<Integer> numbers = Stream.of(
                        answer.get("python").string(), answer.get("glibc").string())
                .flatMap(version -> Stream.of(version.split("\\.", -1)))
                .map(Integer::valueOf)
                .toList();
        for (String machine : MACHINES) {
            SupportedTags ours =
                    SupportedTags.cpython(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3), machine);
            assertThat(ours.tags().stream().map(WheelTag::toString).toList())
                    .isEqualTo(answer.get("tags").get(machine).strings());
        }
    }
}
