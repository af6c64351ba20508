package io.rosbalena.colcon.result;

import io.rosbalena.store.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Writes results in the form of Maven Surefire ({@code surefire-test-report.xsd}), which IDEs and CI servers show: one
 * file {@code TEST-<package>.<suite>.xml} for each suite.
 */
public final class SurefireReport {
    /** What a failed test says is read by people; the log has the rest. */
    private static final int LONGEST = 1 << 16;

    private final Path folder;

    /** @param folder for example {@code target/surefire-reports}; made if it is not there */
    public SurefireReport(Path folder) {
        this.folder = folder;
    }

    /** Writes the suites of a package in place of those that an earlier run wrote. */
    public void write(String packageName, List<TestSuite> suites) throws IOException {
        Files.createDirectories(folder);
        remove(packageName);
        Set<String> names = new HashSet<>();
        for (TestSuite suite : suites) {
            String plain = packageName + "." + fileName(suite.name());
            String name = plain;
            for (int i = 2; !names.add(name.toLowerCase(Locale.ROOT)); i++) {
                name = plain + "-" + i;
            }
            AtomicFile.write(folder.resolve("TEST-" + name + ".xml"), bytes(packageName, suite));
        }
    }

    private void remove(String packageName) throws IOException {
        // No name of a package has a dot.
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(
                            one -> String.valueOf(one.getFileName()).startsWith("TEST-" + packageName + "."))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    private static String fileName(String suite) {
        String name = suite.replaceAll("[^A-Za-z0-9_.-]", "_");
        return name.length() > 150 ? name.substring(0, 150) : name;
    }

    private static byte[] bytes(String packageName, TestSuite suite) throws IOException {
        Document document = ResultXml.empty();
        Element root = document.createElement("testsuite");
        document.appendChild(root);
        set(root, "name", packageName + "." + suite.name());
        set(root, "time", seconds(suite.seconds()));
        set(root, "tests", Integer.toString(suite.cases().size()));
        set(root, "errors", Long.toString(suite.count(TestCase.Outcome.ERROR)));
        set(root, "skipped", Long.toString(suite.count(TestCase.Outcome.SKIPPED)));
        set(root, "failures", Long.toString(suite.count(TestCase.Outcome.FAILED)));
        for (TestCase one : suite.cases()) {
            root.appendChild(element(document, packageName, one));
        }
        try {
            Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.INDENT, "yes");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            transformer.transform(new DOMSource(document), new StreamResult(out));
            return out.toByteArray();
        } catch (TransformerException e) {
            throw new IOException(e);
        }
    }

    private static Element element(Document document, String packageName, TestCase one) {
        Element element = document.createElement("testcase");
        set(element, "name", one.name());
        // Tools sort tests by class; the package comes first, as a Java package does.
        boolean placed = one.className().equals(packageName) || one.className().startsWith(packageName + ".");
        String inside = one.className().isEmpty() ? packageName : packageName + "." + one.className();
        set(element, "classname", placed ? one.className() : inside);
        set(element, "time", seconds(one.seconds()));
        switch (one.outcome()) {
            case PASSED -> {}
            case FAILED -> element.appendChild(problem(document, "failure", one));
            case ERROR -> element.appendChild(problem(document, "error", one));
            case SKIPPED -> {
                Element skipped = document.createElement("skipped");
                set(skipped, "message", one.message());
                element.appendChild(skipped);
            }
        }
        return element;
    }

    private static Element problem(Document document, String name, TestCase one) {
        Element problem = document.createElement(name);
        set(problem, "message", one.message());
        set(problem, "type", name.equals("error") ? "error" : "assertion");
        String text = one.text().isEmpty() ? one.message() : one.text();
        // What is wrong stands at the end of an output, and at the beginning of an assertion.
        int half = LONGEST / 2;
        problem.setTextContent(clean(
                text.length() <= LONGEST
                        ? text
                        : text.substring(0, half) + "\n…\n" + text.substring(text.length() - half)));
        return problem;
    }

    private static void set(Element element, String name, String value) {
        element.setAttribute(name, clean(value));
    }

    /** With a mark for each character that XML 1.0 cannot hold: terminal colours, halves of characters. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(one -> one == '\t'
                                || one == '\n'
                                || one >= 0x20 && one < 0xD800
                                || one > 0xDFFF && one < 0xFFFE
                                || one > 0xFFFF
                        ? one
                        : 0xFFFD)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
