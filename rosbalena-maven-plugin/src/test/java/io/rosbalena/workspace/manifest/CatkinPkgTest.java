package io.rosbalena.workspace.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.Golden;
import io.rosbalena.RealPython;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Damaged manifests and random conditions, read by us and by the installed catkin_pkg. */
class CatkinPkgTest {
    private static final String BROKEN_XML = "error: The manifest contains invalid XML:";
    private static final List<String> PARTS = List.of(
            "&amp;",
            "&#x41;",
            "&#0;",
            "&x;",
            "<!-- c -->",
            "<!-- a -- b -->",
            "<![CDATA[x]]>",
            "]]>",
            "<?pi d?>",
            "<b/>",
            "<b>",
            "</b>",
            "&",
            "<",
            ">",
            "\"",
            "\n",
            "\t",
            "\r\n",
            "\u00a0",
            "\u00e9",
            "\ud83e\udd16",
            "\u0001",
            "<x:y/>",
            " xmlns:x=\"u\"",
            " xmlns=\"z\"",
            " condition=\"$A == 1\"",
            " version_gte=\"1\"",
            " foo=\"1\"",
            "0",
            "-",
            ".",
            "<depend>x</depend>",
            "<build_depend>x</build_depend>",
            "<exec_depend>x</exec_depend>",
            "<test_depend>x</test_depend>",
            "<run_depend>x</run_depend>",
            "<group_depend>g</group_depend>",
            "<member_of_group>g</member_of_group>",
            "<export/>",
            "<export><a b=\"c&quot;d\">e<!--f--><g/></a></export>",
            "<author>B</author>",
            "<license file=\"L\">X</license>",
            "<!DOCTYPE package>",
            "<description>a  b\n c<br/> d<b> e </b></description>");
    private static final List<String> WORDS = List.of(
            "$A",
            "$B",
            "$UNSET",
            "$",
            "$$A",
            "1",
            "a",
            "a-b",
            "and",
            "or",
            "AND",
            "not",
            "\"x y\"",
            "'x'",
            "\"",
            "'",
            "==",
            "!=",
            ">=",
            "<=",
            ">",
            "<",
            "=",
            "(",
            ")",
            " ",
            "\t",
            "\n",
            "\u00e9",
            ".",
            "\"a\\tb\"",
            "$A == 1",
            "( a == b )");

    private static final List<String> MANIFESTS = new ArrayList<>();
    private static final List<String> CONDITIONS = new ArrayList<>();
    private static JsonValue answer = new JsonValue(Map.of());

    @BeforeAll
    static void askCatkinPkg() throws Exception {
        RealPython.require("catkin_pkg");
        Random random = new Random(7);
        List<JsonValue> samples = Golden.read("packagexml.json").items();
        for (int i = 0; i < 3000; i++) {
            MANIFESTS.add(damage(
                    samples.get(random.nextInt(samples.size())).get("xml").string(), random));
            CONDITIONS.add(Stream.generate(() -> WORDS.get(random.nextInt(WORDS.size())))
                    .limit(1 + random.nextInt(7))
                    .collect(Collectors.joining(random.nextInt(3) == 0 ? "" : " ")));
        }
        answer = RealPython.ask("catkin_pkg_outcomes.py", Map.of("manifests", MANIFESTS, "conditions", CONDITIONS));
    }

    private static String damage(String manifest, Random random) {
        String damaged = manifest;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int end = damaged.indexOf("</package>");
            int at = random.nextBoolean() && end >= 0 ? end : random.nextInt(damaged.length() + 1);
            damaged = damaged.substring(0, at) + PARTS.get(random.nextInt(PARTS.size())) + damaged.substring(at);
        }
        return damaged;
    }

    @Test
    void damagedManifestsReadTheSame() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> expected = answer.get("manifests").strings();
        int valid = 0;
        for (int i = 0; i < MANIFESTS.size(); i++) {
            String ours = outcome(MANIFESTS.get(i));
            valid += ours.startsWith("error: ") ? 0 : 1;
            if (!normal(ours).equals(normal(expected.get(i)))) {
                wrong.add(MANIFESTS.get(i) + "\n  ours: " + ours + "\n  catkin_pkg: " + expected.get(i));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(valid).isGreaterThan(200);
    }

    @Test
    void randomConditionsMeanTheSame() throws IOException {
        List<String> ours = new ArrayList<>();
        for (String condition : CONDITIONS) {
            try {
                ours.add(Condition.parse(condition).holds(Map.of("A", "1", "B", "2")) ? "True" : "False");
            } catch (ConditionSyntaxException e) {
                ours.add("error: " + e.getMessage());
            }
        }
        assertThat(ours).isEqualTo(answer.get("conditions").strings()).contains("True", "False");
    }

    /** Words for broken XML are the parser's own, and Python tells unknown tags in no order. */
    private static String normal(String outcome) {
        if (outcome.startsWith(BROKEN_XML)) {
            return BROKEN_XML;
        }
        return Arrays.stream(outcome.split("\n"))
                .map(line -> line.contains("following tags: ")
                        ? Arrays.stream(line.split("[ ,]+")).sorted().collect(Collectors.joining(" "))
                        : line)
                .collect(Collectors.joining("\n"));
    }

    private static String outcome(String xml) {
        try {
            PackageManifest manifest = PackageManifest.parse(xml);
            List<String> facts = new ArrayList<>(List.of(
                    String.valueOf(manifest.format()),
                    manifest.name(),
                    manifest.version(),
                    manifest.plainDescription()));
            manifest.dependencies().stream()
                    .filter(dependency -> dependency.kind().compareTo(DependencyKind.DOC) <= 0)
                    .forEach(dependency -> facts.add(dependency.kind().name().toLowerCase(Locale.ROOT) + " "
                            + dependency.name() + " " + dependency.condition().orElse("None") + " "
                            + dependency.versions().getOrDefault("version_gte", "None")));
            manifest.exports().forEach(export -> facts.add("export " + export.tag() + " " + export.content()));
            manifest.groupDepends()
                    .forEach(group -> facts.add(
                            "group " + group.name() + " " + group.condition().orElse("None")));
            manifest.memberOfGroups()
                    .forEach(group -> facts.add(
                            "member " + group.name() + " " + group.condition().orElse("None")));
            return String.join("|", facts);
        } catch (InvalidManifestException e) {
            return "error: " + e.getMessage();
        }
    }
}
