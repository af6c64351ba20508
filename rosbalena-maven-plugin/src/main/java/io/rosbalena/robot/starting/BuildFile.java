package io.rosbalena.robot.starting;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs that a package's build files install, as far as they say it in plain words. */
final class BuildFile {
    private static final Pattern COMMENT = Pattern.compile("#.*");
    private static final Pattern SCRIPT =
            Pattern.compile("['\"]\\s*([A-Za-z0-9_.-]+)\\s*=\\s*[A-Za-z0-9_.]+:[A-Za-z0-9_.]+\\s*['\"]");
    private static final Pattern SCRIPT_LINE =
            Pattern.compile("(?m)^\\s+([A-Za-z0-9_.-]+)\\s*=\\s*[A-Za-z0-9_.]+:[A-Za-z0-9_.]+\\s*$");
    private static final Pattern CALL = Pattern.compile("(?i)\\b(if|endif|project|add_executable|install"
            + "|rclcpp_components_register_node|ament_auto_add_executable)\\s*\\(((?:[^()]++|\\([^()]*+\\))*+)\\)");
    private static final Pattern DESTINATION = Pattern.compile("(?i)\\bDESTINATION\\s+\"?(?:\\S+/)?lib/\\S+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

    private final Set<String> programs = new LinkedHashSet<>();
    private final List<String> executables = new ArrayList<>();
    private final List<String> installed = new ArrayList<>();
    private String project = "";

    private BuildFile() {}

    /** The names of the programs in a package's folder, in the order of its build files; those in variables are left out. */
    static List<String> programs(Path folder) throws IOException {
        BuildFile reading = new BuildFile();
        ProjectFiles.text(folder.resolve("setup.py")).ifPresent(text -> reading.scripts(text, SCRIPT));
        ProjectFiles.text(folder.resolve("setup.cfg")).ifPresent(text -> reading.scripts(text, SCRIPT_LINE));
        ProjectFiles.text(folder.resolve("CMakeLists.txt")).ifPresent(reading::cmake);
        return List.copyOf(reading.programs);
    }

    private void scripts(String text, Pattern entry) {
        int begin = text.indexOf("console_scripts");
        if (begin >= 0) {
            Matcher scripts =
                    entry.matcher(COMMENT.matcher(text.substring(begin)).replaceAll(""));
            while (scripts.find()) {
                programs.add(scripts.group(1));
            }
        }
    }

    /** Programs that tests are made of are no robot's. */
    private void cmake(String text) {
        Matcher calls = CALL.matcher(COMMENT.matcher(text).replaceAll(""));
        int depth = 0;
        int testing = Integer.MAX_VALUE;
        while (calls.find()) {
            String name = calls.group(1).toLowerCase(Locale.ROOT);
            if (name.equals("if")) {
                depth++;
                if (calls.group(2).strip().equals("BUILD_TESTING")) {
                    testing = Math.min(testing, depth);
                }
            } else if (name.equals("endif")) {
                testing = depth == testing ? Integer.MAX_VALUE : testing;
                depth--;
            } else if (depth < testing) {
                call(name, List.of(calls.group(2).strip().split("\\s+", -1)), calls.group(2));
            }
        }
        executables.stream().filter(installed::contains).forEach(programs::add);
    }

    private void call(String name, List<String> words, String text) {
        switch (name) {
            case "project" -> project = words.get(0);
            case "add_executable" -> name(words.get(0)).ifPresent(executables::add);
            case "ament_auto_add_executable" -> name(words.get(0)).ifPresent(programs::add);
            case "rclcpp_components_register_node" -> {
                int at = words.indexOf("EXECUTABLE");
                if (at >= 0 && at + 1 < words.size()) {
                    name(words.get(at + 1)).ifPresent(programs::add);
                }
            }
            default -> {
                if (DESTINATION.matcher(text).find()) {
                    install(words);
                }
            }
        }
    }

    private void install(List<String> words) {
        boolean files = words.get(0).equals("PROGRAMS");
        for (String word : words.subList(1, words.size())) {
            if (word.equals("DESTINATION") || word.equals("RENAME")) {
                break;
            }
            name(word.substring(word.lastIndexOf('/') + 1)).ifPresent(files ? programs::add : installed::add);
        }
    }

    private Optional<String> name(String word) {
        return Optional.of(word.replace("\"", "").replace("${PROJECT_NAME}", project))
                .filter(name -> NAME.matcher(name).matches());
    }
}
