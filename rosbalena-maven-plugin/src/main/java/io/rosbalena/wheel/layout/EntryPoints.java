package io.rosbalena.wheel.layout;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs that a project declares instead of bringing them (entry points specification). */
final class EntryPoints {
    private static final Pattern REFERENCE = Pattern.compile(
            "([\\p{L}_][\\p{L}\\p{N}_]*(?:\\.[\\p{L}_][\\p{L}\\p{N}_]*)*):([\\p{L}_][\\p{L}\\p{N}_]*(?:\\.[\\p{L}_][\\p{L}\\p{N}_]*)*)\\s*(?:\\[[^\\]]*\\])?");
    private static final List<String> SECTIONS = List.of("console_scripts", "gui_scripts");

    private EntryPoints() {}

    /**
     * The scripts of {@code entry_points.txt}, by name.
     *
     * @param problem gets what cannot be made a script
     */
    static SortedMap<String, byte[]> scripts(byte[] entryPoints, String interpreter, WheelProblem problem) {
        SortedMap<String, byte[]> scripts = new TreeMap<>();
        String section = "";
        for (String line : new String(entryPoints, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1)) {
            String text = line.strip();
            if (text.startsWith("[") && text.endsWith("]")) {
                section = text.substring(1, text.length() - 1).strip();
            } else if (SECTIONS.contains(section)
                    && !text.isEmpty()
                    && !text.startsWith("#")
                    && !text.startsWith(";")) {
                add(text, interpreter, scripts, problem);
            }
        }
        return scripts;
    }

    private static void add(String text, String interpreter, Map<String, byte[]> scripts, WheelProblem problem) {
        String[] parts = text.split("=", 2);
        String name = parts[0].strip();
        Matcher reference = REFERENCE.matcher(parts.length < 2 ? "" : parts[1].strip());
        boolean named = !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf('\0') < 0;
        if (!named || !reference.matches()) {
            problem.add("RB290", "declares a program that cannot be made: " + text);
            return;
        }
        scripts.put(name, script(reference.group(1), reference.group(2), interpreter));
    }

    private static byte[] script(String module, String function, String interpreter) {
        String first = function.contains(".") ? function.substring(0, function.indexOf('.')) : function;
        // Without the question for its name, a process that multiprocessing spawns would start the program once more.
        return ("#!" + interpreter + "\nimport sys\n\nfrom " + module + " import " + first
                        + "\n\nif __name__ == \"__main__\":\n    sys.exit(" + function + "())\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
