package io.rosbalena.compose;

import io.rosbalena.compose.yaml.Position;
import io.rosbalena.compose.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of {@code NAME=value} lines as {@code .env} and {@code env_file} have them: blank lines and comments,
 * {@code export}, single quotes (literal), double quotes (with {@code \n}, {@code \t}, {@code \"}, {@code \\}), a comment after a blank.
 */
final class DotEnv {
    private static final Pattern LINE = Pattern.compile("\\s*(?:export\\s+)?([^=\\s#]+)\\s*(?:=(.*))?", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private DotEnv() {}

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
