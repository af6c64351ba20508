package io.rosbalena.colcon.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.colcon.result.TestCase.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** Results in the form that IDEs and CI servers read, whatever tests put into them. */
class SurefireReportTest {
    @TempDir
    Path folder;

    private List<String> files() throws IOException {
        try (Stream<Path> found = Files.list(folder.resolve("reports"))) {
            return found.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static TestCase failed(String message, String text) {
        return new TestCase("Sums", "areRight", 0.25, Outcome.FAILED, message, text);
    }

    @Test
    void countsTimesAndTextsReadBackAsTheyWere() throws IOException {
        String text = "a\tb <&>\"' ]]> ü 😀\nsecond line";
        TestSuite suite = new TestSuite(
                "test_sums",
                List.of(
                        failed("is \"4\", not <3>\nat all", text),
                        new TestCase("planner.test", "hangs", 1, Outcome.ERROR, "took longer than it may", ""),
                        new TestCase("planner", "later", 0, Outcome.SKIPPED, "not now", ""),
                        new TestCase("", "fine", Double.NaN, Outcome.PASSED, "", "")));

        new SurefireReport(folder.resolve("reports")).write("planner", List.of(suite));

        assertThat(files()).containsExactly("TEST-planner.test_sums.xml");
        Element root = ResultXml.read(folder.resolve("reports/TEST-planner.test_sums.xml"));
        assertThat(root.getTagName()).isEqualTo("testsuite");
        assertThat(List.of("name", "tests", "failures", "errors", "skipped", "time"))
                .extracting(root::getAttribute)
                .containsExactly("planner.test_sums", "4", "1", "1", "1", "1.250");
        List<Element> cases = ResultXml.children(root, "testcase");
        assertThat(cases)
                .extracting(one -> one.getAttribute("classname") + " " + one.getAttribute("name"))
                .containsExactly("planner.Sums areRight", "planner.test hangs", "planner later", "planner fine");
        Element failure = ResultXml.children(cases.get(0), "failure").get(0);
        assertThat(failure.getAttribute("message")).isEqualTo("is \"4\", not <3>\nat all");
        assertThat(failure.getTextContent()).isEqualTo(text);
        assertThat(ResultXml.children(cases.get(1), "error")).hasSize(1);
        assertThat(ResultXml.children(cases.get(2), "skipped").get(0).getAttribute("message"))
                .isEqualTo("not now");
        assertThat(XUnitFile.read(folder.resolve("reports/TEST-planner.test_sums.xml")))
                .extracting(TestCase::outcome)
                .containsExactly(Outcome.FAILED, Outcome.ERROR, Outcome.SKIPPED, Outcome.PASSED);
    }

    @Test
    void whatXmlCannotHoldIsMarkedAndWhatIsLongIsCut() throws IOException {
        TestCase wild = failed("\u001b[31mred\u001b[0m \ud83d", "x".repeat(1 << 20) + "\u0000 the end");

        new SurefireReport(folder.resolve("reports"))
                .write("planner", List.of(new TestSuite("../../a suite", List.of(wild))));

        assertThat(files()).containsExactly("TEST-planner..._.._a_suite.xml");
        Path file = folder.resolve("reports/TEST-planner..._.._a_suite.xml");
        assertThat(Files.size(file)).isLessThan(100_000);
        assertThat(XUnitFile.read(file)).singleElement().satisfies(one -> {
            assertThat(one.message()).isEqualTo("\ufffd[31mred\ufffd[0m \ufffd");
            assertThat(one.text()).endsWith("\ufffd the end").contains("…");
        });
    }

    @Test
    void reportsOfAnEarlierRunGoAndThoseOfOthersStay() throws IOException {
        SurefireReport report = new SurefireReport(folder.resolve("reports"));
        TestSuite one = new TestSuite("a", List.of(failed("x", "")));
        report.write("planner", List.of(one, new TestSuite("A", one.cases()), new TestSuite("b", one.cases())));
        report.write("planner_msgs", List.of(one));
        assertThat(files())
                .containsExactly(
                        "TEST-planner.A-2.xml", "TEST-planner.a.xml", "TEST-planner.b.xml", "TEST-planner_msgs.a.xml");

        report.write("planner", List.of(new TestSuite("b", one.cases())));

        assertThat(files()).containsExactly("TEST-planner.b.xml", "TEST-planner_msgs.a.xml");
    }

    @Test
    void aResultFileThatIsNoneIsAnErrorAndReadsNothingElse() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "s3cret");
        Path build = Files.createDirectories(folder.resolve("build/test_results/planner"));
        Files.writeString(build.resolve("cut.gtest.xml"), "<testsuites><testsuite name='x'><testcase name=");
        Files.writeString(
                build.resolve("nosy.xunit.xml"),
                "<!DOCTYPE t [<!ENTITY x SYSTEM '" + secret.toUri()
                        + "'>]><testsuite><testcase name='&x;'/></testsuite>");
        Files.createSymbolicLink(build.resolve("linked.xml"), secret);

        List<TestSuite> suites = TestResults.read("planner", folder.resolve("build"));

        assertThat(suites).extracting(TestSuite::name).containsExactly("cut", "nosy");
        assertThat(suites)
                .allSatisfy(suite -> assertThat(suite.cases()).singleElement().satisfies(one -> {
                    assertThat(one.outcome()).isEqualTo(Outcome.ERROR);
                    assertThat(one.message()).startsWith("the file of its results cannot be read: line 1: ");
                }));
        assertThat(suites.toString()).doesNotContain("s3cret");
    }

    @Test
    void resultsOfAnEarlierRunAreRemovedAndNothingBehindALink() throws IOException {
        Path build = Files.createDirectories(folder.resolve("build"));
        Path other = Files.createDirectories(folder.resolve("other/test_results"));
        Files.writeString(build.resolve("pytest.xml"), "");
        Files.writeString(build.resolve("kept.o"), "");
        Files.writeString(other.resolve("a.xml"), "");
        Files.writeString(folder.resolve("other/pytest.xml"), "");
        Files.createSymbolicLink(build.resolve("test_results"), other);
        Path linked = Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("other"));

        TestResults.remove(build);
        TestResults.remove(linked);

        assertThat(build.resolve("pytest.xml")).doesNotExist();
        assertThat(build.resolve("kept.o")).exists();
        assertThat(other.resolve("a.xml")).exists();
        assertThat(folder.resolve("other/pytest.xml")).exists();
        assertThat(TestResults.read("planner", linked)).isEmpty();
    }
}
