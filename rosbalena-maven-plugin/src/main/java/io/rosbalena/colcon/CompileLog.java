package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.sandbox.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in the log of a package's failed compile what is wrong, and places it in the user's files. A compile may print
 * without end, so nothing here grows with the log.
 */
final class CompileLog {
    private static final int MAX_FINDINGS = 5;
    private static final int MAX_CMAKE_LINES = 50;
    private static final int MAX_MESSAGE = 1000;

    private static final Pattern COMPILER =
            Pattern.compile("(?<file>[^\\s:]+):(?<line>\\d+)(:(?<column>\\d+))?: (fatal )?[Ee]rror: (?<message>.+)");
    private static final Pattern CMAKE = Pattern.compile("CMake Error at (?<file>[^:]+):(?<line>\\d+) \\(.*\\):");
    private static final Pattern MISSING_PACKAGE =
            Pattern.compile("Could not find a package configuration file provided by"
                    + " \"(?<name>[^\"]+)\".*|By not providing \"Find(?<other>[^\"]+)\\.cmake\" in .*");
    private static final Pattern PYTHON_PLACE = Pattern.compile(" {2}File \"(?<file>[^\"]+)\", line (?<line>\\d+).*");
    private static final Pattern PYTHON_ERROR =
            Pattern.compile("(?<message>(?!subprocess\\.)(?:[A-Za-z_.]*(Error|Exception|Exit)|error): .+)");
    private static final Pattern LINKER = Pattern.compile(
            "(.*: (?<undefined>undefined reference to .+)|.*ld: (?<missing>cannot find .+)|make.*\\*\\*\\* (?<rule>No rule .+))");

    private final ColconPackage unit;
    private final Map<String, Finding> found = new LinkedHashMap<>();

    private Optional<Matcher> cmake = Optional.empty();
    private final List<String> cmakeText = new ArrayList<>();
    private Optional<Matcher> python = Optional.empty();

    private CompileLog(ColconPackage unit) {
        this.unit = unit;
    }

    /**
     * The first errors of a log.
     *
     * @param log what colcon wrote, where it is kept for the user
     */
    static List<Finding> read(ColconPackage unit, Path log) throws IOException, InterruptedException {
        CompileLog reading = new CompileLog(unit);
        if (Files.isRegularFile(log)) {
            // Not Files.lines: compilers quote source bytes that need not be UTF-8.
            Lines.read(Files.newInputStream(log), reading::line).await();
            reading.endCmake();
        }
        if (reading.found.isEmpty()) {
            reading.add(Finding.error("RB404", "does not compile").at(unit.userPath("package.xml")));
        }
        return reading.found.values().stream()
                .map(finding -> finding.fix(finding.fix()
                        .map(fix -> fix + "\nthe whole log is in " + log)
                        .orElse("the whole log is in " + log)))
                .toList();
    }

    private void line(String line) {
        if (cmake.isPresent()) {
            if (line.isBlank() || line.startsWith("  ")) {
                if (cmakeText.size() < MAX_CMAKE_LINES) {
                    cmakeText.add(line.strip());
                }
                return;
            }
            endCmake();
        }
        Matcher compiler = COMPILER.matcher(line);
        Matcher cmakeError = CMAKE.matcher(line);
        Matcher place = PYTHON_PLACE.matcher(line);
        Matcher pythonError = PYTHON_ERROR.matcher(line);
        Matcher linker = LINKER.matcher(line);
        if (compiler.matches()) {
            add(at(error(compiler.group("message")), compiler));
        } else if (cmakeError.matches()) {
            cmake = Optional.of(cmakeError);
        } else if (place.matches()) {
            if (python.isEmpty() || place.group("file").startsWith(sourceFolder())) {
                python = Optional.of(place);
            }
        } else if (pythonError.matches()) {
            Finding error = error(pythonError.group("message"));
            add(python.map(where -> at(error, where)).orElseGet(() -> error.at(unit.userPath("package.xml"))));
            python = Optional.empty();
        } else if (linker.matches()) {
            add(error(first(linker, "undefined", "missing", "rule")).at(unit.userPath("CMakeLists.txt")));
        }
    }

    private void endCmake() {
        if (cmake.isEmpty()) {
            return;
        }
        String text = String.join(" ", cmakeText).replaceAll("\\s+", " ").strip();
        Finding finding = at(error(text.isEmpty() ? "CMake error" : text), cmake.get());
        Matcher missing = MISSING_PACKAGE.matcher(text);
        if (missing.lookingAt()) {
            finding = at(
                            Finding.error(
                                    "RB405", "CMake does not find the package " + first(missing, "name", "other")),
                            cmake.get())
                    .fix("declare it in " + unit.userPath("package.xml") + " with <depend> or <build_depend>; only what"
                            + " is declared is in the build root");
        }
        add(finding);
        cmake = Optional.empty();
        cmakeText.clear();
    }

    private static Finding error(String message) {
        return Finding.error(
                "RB404", message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "…" : message);
    }

    private static String first(Matcher matcher, String... groups) {
        for (String group : groups) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return matcher.group();
    }

    private void add(Finding finding) {
        if (found.size() < MAX_FINDINGS) {
            found.putIfAbsent(finding.print(), finding.inPackage(unit.name()));
        }
    }

    private Finding at(Finding finding, Matcher where) {
        String file = where.group("file");
        String prefix = sourceFolder();
        String shown;
        if (file.startsWith(prefix)) {
            shown = unit.userPath(file.substring(prefix.length()));
        } else {
            shown = file.startsWith("/") ? file : unit.userPath(file);
        }
        int line = number(where.group("line"));
        boolean hasColumn = where.pattern() == COMPILER && where.group("column") != null;
        return finding.at(shown, line, hasColumn ? number(where.group("column")) : 0);
    }

    private static int number(String digits) {
        return digits.length() > 9 ? 0 : Integer.parseInt(digits);
    }

    /** The package's folder in the root, with a slash at its end. */
    private String sourceFolder() {
        String below = unit.directory().isRoot() ? "" : unit.directory() + "/";
        return ColconCommand.WORKSPACE + "/src/" + below;
    }
}
