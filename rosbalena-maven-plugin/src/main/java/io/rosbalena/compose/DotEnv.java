package io.rosbalena.compose;

import io.rosbalena.finding.Findings;
import io.rosbalena.yaml.Position;
import io.rosbalena.yaml.YamlScalar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of {@code NAME=value} lines as {@code .env} and {@code env_file} have them: blank lines and comments,
 * {@code export}, single quotes (literal), double quotes (with {@code \n}, {@code \t}, {@code \"}, {@code \\}), a comment after a blank.
 */
public final class DotEnv {
    private static final String NAME_OF_FILE = ".env";
    private static final Pattern LINE = Pattern.compile("\\s*(?:export\\s+)?([^=\\s#]+)\\s*(?:=(.*))?", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private DotEnv() {}

    /**
     * What interpolation knows in a project: its {@code .env}, if there is one, below the properties given.
     *
     * @param root the project's folder
     * @param properties the stronger values: properties of the POM, and variables of the environment that it lists
     * @param findings receives lines that are not variables
     */
    public static Map<String, String> variables(Path root, Map<String, String> properties, Findings findings) {
        Map<String, String> variables = new TreeMap<>();
        if (Files.exists(root.resolve(NAME_OF_FILE))) {
            Reading reading = new Reading(findings, "");
            try {
                byte[] content = new ProjectFolder(Optional.of(root)).read(NAME_OF_FILE);
                String text = new String(content, StandardCharsets.UTF_8);
                parse(NAME_OF_FILE, text, new Interpolation(properties), reading)
                        .forEach((name, value) -> variables.put(name, value.text()));
            } catch (IOException e) {
                reading.report(
                        ComposeRule.MISSING_FILE,
                        Position.of(NAME_OF_FILE),
                        "it cannot be read: " + e.getMessage(),
                        "make it a file of NAME=value lines");
            }
        }
        variables.putAll(properties);
        return variables;
    }

    /** The variables of a file, in its order; variables inside values are taken from {@code interpolation}. */
    static Map<String, YamlScalar> parse(String file, String text, Interpolation interpolation, Reading reading) {
        Map<String, YamlScalar> variables = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.split("\\r?\\n", -1)) {
            number++;
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            Position position = new Position(file, number, 1);
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches() || !NAME.matcher(matcher.group(1)).matches()) {
                reading.report(
                        ComposeRule.WRONG_VALUE,
                        position,
                        "this line is not NAME=value",
                        "write NAME=value or # comment");
                continue;
            }
            String name = matcher.group(1);
            String value = matcher.group(2);
            YamlScalar scalar = new YamlScalar("", false, position, "");
            if (value == null) {
                variables.put(name, scalar.withText(interpolation.lookUp(name).orElse("")));
            } else {
                variables.put(name, scalar.withText(value(value.strip(), scalar, interpolation, reading)));
            }
        }
        return variables;
    }

    private static String value(String raw, YamlScalar at, Interpolation interpolation, Reading reading) {
        if (raw.length() > 1 && raw.startsWith("'") && raw.indexOf('\'', 1) > 0) {
            return raw.substring(1, raw.indexOf('\'', 1));
        }
        if (raw.startsWith("\"")) {
            return interpolation.text(at.withText(unquote(raw)), reading);
        }
        int comment = raw.startsWith("#") ? 0 : raw.indexOf(" #");
        String plain = comment < 0 ? raw : raw.substring(0, comment).strip();
        return interpolation.text(at.withText(plain), reading);
    }

    private static String unquote(String raw) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < raw.length() && raw.charAt(i) != '"'; i++) {
            char c = raw.charAt(i);
            if (c == '\\' && i + 1 < raw.length()) {
                char next = raw.charAt(++i);
                switch (next) {
                    case 'n' -> text.append('\n');
                    case 't' -> text.append('\t');
                    case 'r' -> text.append('\r');
                    case '"', '\\' -> text.append(next);
                    case '$' -> text.append("$$");
                    default -> text.append('\\').append(next);
                }
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
