package io.rosbalena.colcon.result;

import io.rosbalena.colcon.result.TestCase.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Collects what the tests of one package left in its build folder. Each test counts once: CTest also knows those that
 * wrote a result themselves, and then tells only how they ended if they did not get to that.
 */
public final class TestResults {
    /** What colcon calls the results of a Python package. */
    private static final List<String> OF_PYTHON = List.of("pytest.xml", "nosetests.xml");

    private final String packageName;
    private final SortedMap<String, List<TestCase>> suites = new TreeMap<>();

    private TestResults(String packageName) {
        this.packageName = packageName;
    }

    /**
     * The results of a package.
     *
     * @param folder its build folder; no link in it is followed
     * @return sorted by name; empty if it has no tests
     */
    public static List<TestSuite> read(String packageName, Path folder) throws IOException {
        TestResults results = new TestResults(packageName);
        ofTests(folder).forEach(results::add);
        ofCTest(folder).forEach(results::addCTest);
        return results.suites.entrySet().stream()
                .map(one -> new TestSuite(one.getKey(), one.getValue()))
                .toList();
    }

    /** Removes the results of an earlier run from a build folder. */
    public static void remove(Path folder) throws IOException {
        for (Path file : ofTests(folder)) {
            Files.delete(file);
        }
        for (Path file : ofCTest(folder)) {
            Files.delete(file);
        }
    }

    private static List<Path> ofTests(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>(OF_PYTHON.stream()
                .map(folder::resolve)
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .toList());
        found.addAll(files(folder.resolve("test_results"), ".xml"));
        return found;
    }

    private static List<Path> ofCTest(Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                ? files(folder.resolve("Testing"), "/Test.xml")
                : List.of();
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(end))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    private void add(Path file) {
        // test_planner.gtest.xml, test_planner.xunit.xml, pytest.xml
        String name = String.valueOf(file.getFileName()).replaceFirst("(\\.(xunit|gtest))?\\.xml$", "");
        try {
            suite(name).addAll(XUnitFile.read(file));
        } catch (IOException e) {
            suite(name).add(unreadable(name, e));
        }
    }

    private void addCTest(Path file) {
        try {
            for (CTestFile.Entry entry : CTestFile.read(file, packageName + ".ctest")) {
                List<TestCase> own = suites.get(entry.name());
                if (own == null) {
                    suite("ctest").add(entry.result());
                } else if (entry.result().isBad()) {
                    correct(own, entry.result());
                }
            }
        } catch (IOException e) {
            suite("ctest").add(unreadable("Test.xml", e));
        }
    }

    /** CTest knows better than a file that was written before a test crashed, or by a test that failed afterwards. */
    private static void correct(List<TestCase> own, TestCase told) {
        boolean missing = own.removeIf(one -> one.isBad() && XUnitFile.isMissing(one.name()));
        if (missing || own.stream().noneMatch(TestCase::isBad)) {
            String message = told.message().isEmpty() ? "gave no result" : told.message();
            own.add(new TestCase(told.className(), told.name(), told.seconds(), Outcome.ERROR, message, told.text()));
        }
    }

    private List<TestCase> suite(String name) {
        return suites.computeIfAbsent(name, any -> new ArrayList<>());
    }

    private TestCase unreadable(String name, IOException why) {
        return new TestCase(
                packageName, name, 0, Outcome.ERROR, "the file of its results cannot be read: " + why.getMessage(), "");
    }
}
