package io.rosbalena.workspace.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.Golden;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PackageManifestTest {
    private static final Map<String, String> VARIABLES =
            Map.of("ROS_VERSION", "2", "ROS_DISTRO", "humble", "ROS_PYTHON_VERSION", "3", "A", "1");

    /** The words for broken XML are those of the XML parser at hand; ours name the element where expat does not. */
    private static final Map<String, String> OTHER_WORDS = Map.of(
            "not_xml",
            "The manifest contains invalid XML:\n"
                    + "The element type \"name\" must be terminated by the matching end-tag \"</name>\".",
            "empty",
            "The manifest contains invalid XML:\nPremature end of file.");

    @TestFactory
    Stream<DynamicTest> manifestsReadAsCatkinPkgReadsThem() throws IOException {
        return Golden.read("packagexml.json").items().stream()
                .map(test -> DynamicTest.dynamicTest(name(test), () -> check(test)));
    }

    private static String name(JsonValue test) {
        try {
            return test.get("id").string();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void check(JsonValue test) throws Exception {
        String xml = test.get("xml").string();
        if (!test.get("ok").flag()) {
            String reason = OTHER_WORDS.getOrDefault(
                    name(test), test.get("error").string().replace("Error(s) in package 'package.xml':\n", ""));
            assertThatThrownBy(() -> PackageManifest.parse(xml)).hasMessage(reason);
            return;
        }
        PackageManifest manifest = PackageManifest.parse(xml);
        Optional<JsonValue> conditionError = test.find("condition_error");
        if (conditionError.isPresent()) {
            assertThatThrownBy(() -> model(manifest))
                    .hasMessage(conditionError.get().string());
            return;
        }
        assertThat(model(manifest)).isEqualTo(test.get("parsed").raw());
        assertThat(manifest.warnings()).isEqualTo(test.get("warnings").strings());
        List<String> types =
                manifest.buildTypes(VARIABLES).stream().map(Export::content).toList();
        Optional<JsonValue> type = test.find("build_type");
        if (type.isPresent()) {
            assertThat(types.isEmpty() ? List.of("catkin") : types)
                    .containsExactly(type.get().string());
        } else {
            assertThat(types).hasSizeGreaterThan(1);
        }
    }

    private static Map<String, Object> model(PackageManifest manifest) throws Exception {
        Map<String, @Nullable Object> depends = new TreeMap<>();
        for (DependencyKind kind : DependencyKind.values()) {
            List<Object> list = new ArrayList<>();
            boolean named = kind == DependencyKind.CONFLICT || kind == DependencyKind.REPLACE;
            for (Dependency dependency : manifest.dependencies(kind).toList()) {
                list.add(named ? dependency.name() : pair(dependency.name(), dependency.condition()));
            }
            depends.put(kind.name().toLowerCase(Locale.ROOT), list);
        }
        Map<String, @Nullable Object> model = new TreeMap<>();
        model.put("conflicts", depends.remove("conflict"));
        model.put("replaces", depends.remove("replace"));
        model.put("depends", depends);
        model.put("authors", people(manifest.authors()));
        model.put("maintainers", people(manifest.maintainers()));
        model.put("description", manifest.description());
        model.put("plaintext", manifest.plainDescription());
        model.put("format", (long) manifest.format());
        model.put("group_depends", groups(manifest.groupDepends()));
        model.put("member_of_groups", groups(manifest.memberOfGroups()));
        model.put("metapackage", manifest.metapackage());
        model.put("name", manifest.name());
        model.put("version", manifest.version());
        model.put("version_compatibility", manifest.versionCompatibility().orElse(null));
        List<Object> exports = new ArrayList<>();
        for (Export export : manifest.exports()) {
            exports.add(List.of(
                    export.tag(),
                    export.attributes(),
                    export.content(),
                    PackageManifest.holds(export.condition(), VARIABLES)));
        }
        model.put("exports", exports);
        model.put(
                "licenses",
                manifest.licenses().stream()
                        .map(license ->
                                Arrays.asList(license.name(), license.file().orElse(null)))
                        .toList());
        model.put(
                "urls",
                manifest.urls().stream()
                        .map(url -> List.of(url.url(), url.type()))
                        .toList());
        return model;
    }

    private static List<Object> pair(String name, Optional<String> condition) throws ConditionSyntaxException {
        return List.of(name, PackageManifest.holds(condition, VARIABLES));
    }

    private static List<Object> groups(List<GroupReference> groups) throws ConditionSyntaxException {
        List<Object> list = new ArrayList<>();
        for (GroupReference group : groups) {
            list.add(pair(group.name(), group.condition()));
        }
        return list;
    }

    private static List<Object> people(List<Person> people) {
        return people.stream()
                .<Object>map(
                        person -> Arrays.asList(person.name(), person.email().orElse(null)))
                .toList();
    }

    @Test
    void tellsTheLineOfEachDependency() throws Exception {
        PackageManifest manifest = PackageManifest.parse(String.join(
                "\n",
                "<?xml version=\"1.0\"?>",
                "<package format=\"3\">",
                "  <name>a</name><version>1.0.0</version><description>d</description>",
                "  <maintainer email=\"a@b.org\">A</maintainer><license>MIT</license>",
                "  <exec_depend>x</exec_depend> <exec_depend>y</exec_depend>",
                "  <depend",
                "     condition=\"$A == 1\"",
                "  >z</depend>",
                "</package>"));
        assertThat(manifest.dependencies(DependencyKind.EXEC))
                .extracting(Dependency::name, Dependency::line)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("x", 5),
                        org.assertj.core.groups.Tuple.tuple("y", 5),
                        org.assertj.core.groups.Tuple.tuple("z", 6));
    }

    @Test
    void tellsEverythingThatIsWrongAtOnceAndWhere() {
        assertThatThrownBy(() -> PackageManifest.parse(String.join(
                        "\n",
                        "<package format=\"2\">",
                        "  <name>a</name><version>x</version><description>d</description>",
                        "  <maintainer email=\"a\">A</maintainer><license/>",
                        "  <run_depend>x</run_depend>",
                        "</package>")))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidManifestException.class))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(ManifestProblem::line)
                        .containsExactly(4, 4, 2, 3, 3));
    }

    @Test
    void readsNoEntityOfADocumentTypeDeclaration() {
        String bomb =
                "<!DOCTYPE package [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><package><name>&b;</name></package>";
        assertThatThrownBy(() -> PackageManifest.parse(bomb)).hasMessageContaining("entity \"b\"");
        String external = "<!DOCTYPE package [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>"
                + "<package><name>&a;</name></package>";
        assertThatThrownBy(() -> PackageManifest.parse(external)).hasMessageContaining("entity \"a\"");
    }

    @Test
    void refusesElementsNestedWithoutEnd() {
        assertThatThrownBy(() -> PackageManifest.parse("<package>" + "<a>".repeat(100_000)))
                .hasMessageContaining("more than 100 elements inside each other");
    }

    @Test
    void knowsAManifestThatIsNotMeantForRos() {
        assertThatThrownBy(() -> PackageManifest.parse("<package version=\"2.0\"><name>php</name></package>"))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidManifestException.class))
                .matches(e -> !e.meantForRos());
        assertThatThrownBy(() -> PackageManifest.parse("<package><build_depend>x</build_depend></package>"))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidManifestException.class))
                .matches(InvalidManifestException::meantForRos);
    }
}
