package io.rosbalena.compose;

import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command: a list of arguments, or a text that is split into them as compose does: at blanks, with single quotes,
 * double quotes and backslashes as in a shell, without any expansion.
 */
public final class CommandLine {
    static final FieldType TYPE = (field, node, reading) -> {
        Optional<List<String>> arguments = read(field, node, reading);
        return arguments.map(FieldValue::texts);
    };

    private CommandLine() {}

    private static Optional<List<String>> read(String field, YamlNode node, Reading reading) {
        if (node instanceof YamlList list) {
            List<String> arguments = new ArrayList<>();
            for (YamlNode item : list.items()) {
                if (item instanceof YamlScalar scalar
                        && (!scalar.isNull() || !scalar.text().isEmpty())) {
                    arguments.add(scalar.text());
                } else {
                    reading.wrong(item, field, "a list of texts", field + ": [ros2, launch, package, file.launch.py]");
                }
            }
            return Optional.of(arguments);
        }
        if (node instanceof YamlScalar scalar) {
            Optional<String> operator = shellOperator(scalar.text());
            if (operator.isPresent()) {
                reading.report(
                        ComposeRule.WRONG_VALUE,
                        node.position(),
                        "no shell reads " + field + ", so " + operator.get() + " has no meaning in " + node.describe(),
                        "write " + field + ": [sh, -c, \"…\"], or quote the character");
                return Optional.empty();
            }
            Optional<List<String>> arguments = split(scalar.text());
            if (arguments.isEmpty()) {
                reading.wrong(node, field, "a command with closed quotes", field + ": [program, \"an argument\"]");
            }
            return arguments;
        }
        reading.wrong(node, field, "a text or a list of texts", field + ": ros2 launch package file.launch.py");
        return Optional.empty();
    }

    /** The first shell operator outside quotes, at which compose would cut the command off in silence. */
    public static Optional<String> shellOperator(String text) {
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (";&|<>".indexOf(c) >= 0) {
                return Optional.of(String.valueOf(c));
            }
        }
        return Optional.empty();
    }

    /** The arguments of a text; empty when a quote is open or a backslash ends it. */
    public static Optional<List<String>> split(String text) {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        boolean inside = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '\'') {
                if (++i == text.length()) {
                    return Optional.empty();
                }
                char escaped = text.charAt(i);
                if (quote == '"' && escaped != '"' && escaped != '\\' && escaped != '$' && escaped != '`') {
                    argument.append(c);
                }
                argument.append(escaped);
                inside = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    argument.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inside = true;
            } else if (Character.isWhitespace(c)) {
                if (inside) {
                    arguments.add(argument.toString());
                    argument.setLength(0);
                    inside = false;
                }
            } else {
                argument.append(c);
                inside = true;
            }
        }
        if (quote != 0) {
            return Optional.empty();
        }
        if (inside) {
            arguments.add(argument.toString());
        }
        return Optional.of(arguments);
    }
}
