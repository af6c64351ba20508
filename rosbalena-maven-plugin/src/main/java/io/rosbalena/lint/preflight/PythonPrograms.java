package io.rosbalena.lint.preflight;

import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs of a part that Python runs. */
final class PythonPrograms {
    private static final Pattern PLACE = Pattern.compile("ros2_ws/install/[^/]+/(lib/[^/]+|bin)/[^/]+");
    private static final Pattern DECLARATIONS = Pattern.compile(".*\\.(egg-info|dist-info)/entry_points\\.txt");
    private static final Pattern LAUNCH_FILE = Pattern.compile("ros2_ws/install/[^/]+/share/.*launch\\.py");
    private static final Pattern INTERPRETER = Pattern.compile("(.*/)?python[0-9.]*");
    private static final Pattern DECLARED = Pattern.compile(
            "([^=\\[\\s]+)\\s*=\\s*([A-Za-z0-9_.]+)\\s*(?::\\s*([A-Za-z0-9_]+)[A-Za-z0-9_.]*)?\\s*(\\[.*)?");
    private static final int LONGEST_FIRST_LINE = 512;

    private PythonPrograms() {}

    /**
     * A program.
     *
     * @param file where it stands
     * @param interpreter as its first line says it: a path, or a name that PATH leads to
     * @param declared what it starts, if setuptools has made it for that: it looks for that module itself, or imports it
     */
    record Program(TreePath file, String interpreter, Optional<Declared> declared) {}

    /**
     * What a project declares as a program (entry points specification).
     *
     * @param function what is called in the module; empty if nothing is
     */
    record Declared(String module, String function) {}

    /** The programs of a part, sorted by path. */
    static List<Program> of(Part part) throws IOException {
        Map<String, Declared> declared = new HashMap<>();
        for (Entry entry : part.files().entries()) {
            if (entry.isFile() && DECLARATIONS.matcher(entry.path().text()).matches()) {
                declared.putAll(declarations(new String(entry.content().bytes(), StandardCharsets.UTF_8)));
            }
        }
        List<Program> programs = new ArrayList<>();
        for (Entry entry : part.files().entries()) {
            boolean named = part.packageName().isEmpty()
                    || PLACE.matcher(entry.path().text()).matches();
            if (named && entry.isFile() && (entry.mode() & 0111) != 0) {
                Optional<String> interpreter = interpreter(entry);
                if (interpreter.isPresent()) {
                    programs.add(new Program(
                            entry.path(),
                            interpreter.get(),
                            Optional.ofNullable(declared.get(entry.path().name()))));
                }
            }
        }
        return programs;
    }

    /** The launch files that a part installs and Python reads. */
    static List<TreePath> launchFiles(Part part) {
        return part.files().entries().stream()
                .filter(Entry::isFile)
                .map(Entry::path)
                .filter(path -> LAUNCH_FILE.matcher(path.text()).matches())
                .toList();
    }

    private static Map<String, Declared> declarations(String text) {
        Map<String, Declared> declared = new HashMap<>();
        String section = "";
        for (String each : text.lines().toList()) {
            String line = each.strip();
            if (line.startsWith("[")) {
                section = line;
            } else if (section.equals("[console_scripts]") || section.equals("[gui_scripts]")) {
                Matcher matcher = DECLARED.matcher(line);
                if (matcher.matches()) {
                    String function = Optional.ofNullable(matcher.group(3)).orElse("");
                    declared.put(matcher.group(1), new Declared(matcher.group(2), function));
                }
            }
        }
        return declared;
    }

    /** What the first line of a file names as its interpreter, if that is Python ({@code execve(2)}). */
    static Optional<String> interpreter(Entry entry) throws IOException {
        byte[] start;
        try (InputStream in = entry.content().open()) {
            start = in.readNBytes(LONGEST_FIRST_LINE);
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("#!")) {
            return Optional.empty();
        }
        String line = text.substring(2).lines().findFirst().orElse("").strip();
        List<String> words = Arrays.asList(line.split("\\s+"));
        int at = 0;
        if (words.get(0).endsWith("/env")) {
            at = 1;
            while (at < words.size()
                    && (words.get(at).startsWith("-") || words.get(at).contains("="))) {
                at++;
            }
        }
        return at < words.size() && INTERPRETER.matcher(words.get(at)).matches()
                ? Optional.of(words.get(at))
                : Optional.empty();
    }
}
