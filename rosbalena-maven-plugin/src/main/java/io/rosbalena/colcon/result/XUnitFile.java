package io.rosbalena.colcon.result;

import io.rosbalena.colcon.result.TestCase.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;

/**
 * Reads the form that pytest ({@code --junit-xml}), GoogleTest ({@code --gtest_output=xml}) and ament's own test runner
 * write: {@code testsuite} elements, alone or in {@code testsuites}, with a {@code testcase} for each test.
 */
final class XUnitFile {
    /**
     * What ament's runner and colcon write down before they start a test, for a test that does not live to write its
     * results itself.
     */
    private static final String NO_RESULT = "missing_result";

    private XUnitFile() {}

    /** The tests of a file, in its order. */
    static List<TestCase> read(Path file) throws IOException {
        List<TestCase> cases = new ArrayList<>();
        read(ResultXml.read(file), cases);
        return cases;
    }

    /** Suites stand in suites at most a few deep; what is deeper was not written by a test runner. */
    private static void read(Element root, List<TestCase> cases) {
        List<Element> suites = List.of(root);
        for (int depth = 0; depth < 8 && !suites.isEmpty(); depth++) {
            List<Element> inner = new ArrayList<>();
            for (Element suite : suites) {
                ResultXml.children(suite, "testcase").forEach(one -> cases.add(testCase(one, suite)));
                inner.addAll(ResultXml.children(suite, "testsuite"));
            }
            suites = inner;
        }
    }

    private static TestCase testCase(Element one, Element suite) {
        String className = one.getAttribute("classname");
        String name = one.getAttribute("name");
        double seconds = seconds(one.getAttribute("time"));
        String in = className.isEmpty() ? suite.getAttribute("name") : className;
        for (String problem : List.of("error", "failure")) {
            List<Element> problems = ResultXml.children(one, problem);
            if (!problems.isEmpty()) {
                Outcome outcome = problem.equals("error") || isMissing(name) ? Outcome.ERROR : Outcome.FAILED;
                return new TestCase(in, name, seconds, outcome, message(problems.get(0)), text(problems));
            }
        }
        List<Element> skipped = ResultXml.children(one, "skipped");
        // GoogleTest counts tests that are disabled without saying that they are skipped.
        boolean disabled = one.getAttribute("status").equals("notrun");
        if (!skipped.isEmpty() || disabled) {
            String why = skipped.isEmpty() ? "disabled" : message(skipped.get(0));
            return new TestCase(in, name, seconds, Outcome.SKIPPED, why, text(skipped));
        }
        return new TestCase(in, name, seconds, Outcome.PASSED, "", "");
    }

    /** Whether a test stands for all those that were to write a result and did not. */
    static boolean isMissing(String name) {
        return name.equals(NO_RESULT) || name.endsWith("." + NO_RESULT);
    }

    private static String message(Element problem) {
        String message = problem.getAttribute("message").strip();
        return message.isEmpty()
                ? problem.getTextContent().strip().lines().findFirst().orElse("")
                : message;
    }

    private static String text(List<Element> problems) {
        return String.join(
                "\n", problems.stream().map(one -> one.getTextContent().strip()).toList());
    }

    static double seconds(String text) {
        try {
            return text.isBlank() ? 0 : Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            // A time tells nothing about the outcome, which counts.
            return 0;
        }
    }
}
