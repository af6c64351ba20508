package io.rosbalena.colcon.result;

import io.rosbalena.colcon.result.TestCase.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.w3c.dom.Element;

/** Reads {@code Testing/…/Test.xml}, which CTest writes for a dashboard: each {@code add_test} with how it ended. */
final class CTestFile {
    private CTestFile() {}

    /**
     * One test of CTest.
     *
     * @param name what {@code add_test} calls it
     * @param result how it ended, with its output if that was not well
     */
    record Entry(String name, TestCase result) {}

    /** The tests of a file, in its order. */
    static List<Entry> read(Path file, String className) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Element testing : ResultXml.children(ResultXml.read(file), "Testing")) {
            for (Element test : ResultXml.children(testing, "Test")) {
                entries.add(entry(test, className));
            }
        }
        return entries;
    }

    private static Entry entry(Element test, String className) {
        String name = ResultXml.children(test, "Name").stream()
                .map(one -> one.getTextContent().strip())
                .findFirst()
                .orElse("");
        Map<String, String> measured = new TreeMap<>();
        String output = "";
        for (Element results : ResultXml.children(test, "Results")) {
            for (Element one : ResultXml.children(results, "NamedMeasurement")) {
                measured.put(one.getAttribute("name"), value(one));
            }
            for (Element one : ResultXml.children(results, "Measurement")) {
                output = value(one);
            }
        }
        String exit = measured.getOrDefault("Exit Code", "");
        String completion = measured.getOrDefault("Completion Status", "");
        double seconds = XUnitFile.seconds(measured.getOrDefault("Execution Time", ""));
        Outcome outcome = outcome(test.getAttribute("Status"), exit, completion);
        return new Entry(
                name,
                switch (outcome) {
                    case PASSED -> new TestCase(className, name, seconds, outcome, "", "");
                    case SKIPPED -> new TestCase(className, name, seconds, outcome, completion, "");
                    default ->
                        new TestCase(
                                className, name, seconds, outcome, message(exit, completion, measured, output), output);
                });
    }

    private static Outcome outcome(String status, String exit, String completion) {
        return switch (status) {
            case "passed" -> Outcome.PASSED;
            // «Failed» is an exit status; else it is «Timeout», «SEGFAULT», …
            case "failed" -> exit.equals("Failed") ? Outcome.FAILED : Outcome.ERROR;
            default ->
                completion.equals("Disabled") || completion.startsWith("SKIP_") ? Outcome.SKIPPED : Outcome.ERROR;
        };
    }

    private static String message(String exit, String completion, Map<String, String> measured, String output) {
        return switch (exit) {
            case "Failed" -> {
                String last =
                        output.strip().lines().reduce((before, line) -> line).orElse("");
                String status = "ends with status " + measured.getOrDefault("Exit Value", "?");
                yield last.isBlank() ? status : status + "; its last line is: " + last;
            }
            case "Timeout" -> "took longer than it may";
            case "" -> completion.isEmpty() ? "was not run" : completion;
            default -> exit + " (" + measured.getOrDefault("Exit Value", completion) + ")";
        };
    }

    private static String value(Element measurement) {
        return ResultXml.children(measurement, "Value").stream()
                .map(Element::getTextContent)
                .findFirst()
                .orElse("");
    }
}
