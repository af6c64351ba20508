package io.rosbalena.colcon;

import io.rosbalena.colcon.result.TestCase;
import io.rosbalena.colcon.result.TestSuite;
import io.rosbalena.finding.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says which tests failed, and places that in the user's files where the test's text names one. */
final class TestFindings {
    private static final int MAX_FINDINGS = 20;
    private static final int MAX_LINES = 12;
    private static final int MAX_MESSAGE = 1000;

    /** {@code /ros2_ws/src/planner/test/test_planner.cpp:12} of GoogleTest, {@code test/test_talker.py:5: in …} of pytest. */
    private static final Pattern PLACE = Pattern.compile("(?m)^[ \\t]*(?<file>[^\\s:]+):(?<line>\\d{1,9})(:.*)?$");

    private final ColconPackage unit;
    private final Path log;

    /** @param log where the user finds all that was printed */
    TestFindings(ColconPackage unit, Path log) {
        this.unit = unit;
        this.log = log;
    }

    /** One for each test that failed, up to a number that people read. */
    List<Finding> of(List<TestSuite> suites) {
        List<Finding> findings = new ArrayList<>();
        int bad = 0;
        for (TestSuite suite : suites) {
            for (TestCase one : suite.cases()) {
                if (one.isBad() && ++bad <= MAX_FINDINGS) {
                    findings.add(finding(suite, one));
                }
            }
        }
        if (bad > MAX_FINDINGS) {
            findings.add(Finding.error("RB461", (bad - MAX_FINDINGS) + " more tests fail")
                    .fix("see " + log)
                    .at(unit.userPath("package.xml"))
                    .inPackage(unit.name()));
        }
        return findings;
    }

    private Finding finding(TestSuite suite, TestCase one) {
        String name = suite.name().equals(one.name()) ? one.name() : suite.name() + ": " + one.name();
        Finding finding = one.outcome() == TestCase.Outcome.FAILED
                ? Finding.error("RB461", "the test " + name + " fails: " + said(one))
                : Finding.error("RB462", "the test " + name + " gives no result: " + said(one));
        finding = finding.at(unit.userPath("package.xml"));
        Matcher place = PLACE.matcher(one.text());
        while (place.find()) {
            String file = place.group("file");
            // pytest starts in the package's folder and tells files from there.
            String inside = file.startsWith(sourceFolder())
                    ? file.substring(sourceFolder().length())
                    : file;
            if (!inside.startsWith("/") && isSource(inside)) {
                finding = finding.at(unit.userPath(inside), Integer.parseInt(place.group("line")));
            }
        }
        return finding.fix("the whole log is in " + log).inPackage(unit.name());
    }

    private boolean isSource(String path) {
        return unit.sources().entries().stream()
                .anyMatch(entry -> entry.path().text().equals(path));
    }

    /** What the test says, without what only says where. */
    private static String said(TestCase one) {
        String message = one.message().isBlank() ? one.text() : one.message();
        List<String> lines = message.strip()
                .lines()
                .filter(line -> !PLACE.matcher(line).matches())
                .limit(MAX_LINES)
                .toList();
        String text = lines.isEmpty() ? "it does not say why" : String.join("\n", lines);
        return text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) + "…" : text;
    }

    /** The package's folder in the root, with a slash at its end. */
    private String sourceFolder() {
        String below = unit.directory().isRoot() ? "" : unit.directory() + "/";
        return ColconCommand.WORKSPACE + "/src/" + below;
    }
}
