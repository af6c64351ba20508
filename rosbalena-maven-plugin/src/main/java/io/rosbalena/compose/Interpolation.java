package io.rosbalena.compose;

import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts the values of variables into the texts of a document: {@code $NAME}, {@code ${NAME}}, with {@code :-} {@code -}
 * (default), {@code :?} {@code ?} (required) and {@code :+} {@code +} (replacement), nested; {@code $$} is a dollar.
 * Keys are left alone. Rules: compose-spec {@code 12-interpolation.md}; besides, names in braces may hold dots, as the
 * properties of a POM do.
 */
final class Interpolation {
    private static final String REFUSED = "!refused";
    private static final int DEEPEST = 16;
    private static final int LONGEST = 1 << 20;

    private final Map<String, String> variables;
    private final SortedMap<String, String> used = new TreeMap<>();

    Interpolation(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** The variables that were asked for and set, with their values. */
    SortedMap<String, String> used() {
        return used;
    }

    /** The value of a variable that a document names without dollar, for example {@code environment: [NAME]}. */
    Optional<String> lookUp(String name) {
        String value = variables.get(name);
        if (value != null) {
            used.put(name, value);
        }
        return Optional.ofNullable(value);
    }

    /** Whether a scalar stands for a text that was refused and reported. */
    static boolean isRefused(YamlNode node) {
        return node.tag().equals(REFUSED);
    }

    /**
     * The same node with its texts interpolated. A text that is refused is reported; in a list it is left out, in a
     * mapping a null stands in its place.
     */
    YamlNode apply(YamlNode node, Reading reading) {
        if (node instanceof YamlScalar scalar) {
            return scalar.text().indexOf('$') < 0 ? scalar : interpolate(scalar, reading);
        }
        if (node instanceof YamlList list) {
            List<YamlNode> items = new ArrayList<>();
            list.items().forEach(item -> items.add(apply(item, reading)));
            items.removeIf(Interpolation::isRefused);
            return new YamlList(items, list.position(), list.tag());
        }
        YamlMap map = (YamlMap) node;
        Map<String, YamlMap.Member> members = new LinkedHashMap<>();
        map.members()
                .forEach((key, member) ->
                        members.put(key, new YamlMap.Member(member.key(), apply(member.value(), reading))));
        return map.withMembers(members);
    }

    /** The text of a scalar interpolated; nothing when that is refused. */
    String text(YamlScalar scalar, Reading reading) {
        return interpolate(scalar, reading).text();
    }

    private YamlScalar interpolate(YamlScalar scalar, Reading reading) {
        try {
            return scalar.withText(expand(scalar.text(), scalar, reading, 0));
        } catch (Refusal e) {
            reading.report(ComposeRule.INTERPOLATION, scalar.position(), e.message, e.fix);
            return new YamlScalar("", true, scalar.position(), REFUSED);
        }
    }

    private String expand(String text, YamlScalar at, Reading reading, int depth) throws Refusal {
        if (depth > DEEPEST) {
            throw new Refusal("variables are nested more than " + DEEPEST + " levels deep", "use fewer defaults");
        }
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '$') {
                out.append(c);
                i++;
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '$') {
                out.append('$');
                i += 2;
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '{') {
                int end = closing(text, i + 2);
                out.append(braced(text.substring(i + 2, end), at, reading, depth));
                i = end + 1;
            } else {
                int end = i + 1;
                while (end < text.length() && isName(text.charAt(end), end == i + 1)) {
                    end++;
                }
                if (end == i + 1) {
                    throw new Refusal("a lone $ stands in " + at.describe(), "write $$ for a dollar");
                }
                out.append(value(text.substring(i + 1, end), at, reading));
                i = end;
            }
            if (out.length() > LONGEST) {
                throw new Refusal("the interpolated text exceeds 1 MiB", "shorten the variables");
            }
        }
        return out.toString();
    }

    private static int closing(String text, int from) throws Refusal {
        int open = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.startsWith("${", i)) {
                open++;
                i++;
            } else if (text.charAt(i) == '}' && --open == 0) {
                return i;
            }
        }
        throw new Refusal("${ is not closed by }", "close it, or write $${ for a literal ${");
    }

    private String braced(String inner, YamlScalar at, Reading reading, int depth) throws Refusal {
        int end = 0;
        while (end < inner.length() && (isName(inner.charAt(end), end == 0) || (end > 0 && inner.charAt(end) == '.'))) {
            end++;
        }
        String name = inner.substring(0, end);
        String rest = inner.substring(end);
        boolean orEmpty = rest.startsWith(":");
        String operator = orEmpty ? rest.substring(1) : rest;
        if (name.isEmpty()
                || (rest.isEmpty() ? orEmpty : operator.isEmpty() || "-?+".indexOf(operator.charAt(0)) < 0)) {
            throw new Refusal(
                    "${" + inner + "} is not a form of variable",
                    "write ${NAME}, ${NAME:-default}, ${NAME:?message} or ${NAME:+other}; $${ for a literal ${");
        }
        if (rest.isEmpty()) {
            return value(name, at, reading);
        }
        String value = variables.get(name);
        boolean set = value != null && !(orEmpty && value.isEmpty());
        if (value != null) {
            used.put(name, value);
        }
        String operand = operator.substring(1);
        return switch (operator.charAt(0)) {
            case '-' -> set && value != null ? value : expand(operand, at, reading, depth + 1);
            case '+' -> set ? expand(operand, at, reading, depth + 1) : "";
            default -> {
                if (!set || value == null) {
                    throw new Refusal(
                            "the variable " + name + " is required" + (operand.isBlank() ? "" : ": " + operand),
                            advice(name));
                }
                yield value;
            }
        };
    }

    private String value(String name, YamlScalar at, Reading reading) {
        String value = variables.get(name);
        if (value == null) {
            reading.report(
                    ComposeRule.UNSET_VARIABLE,
                    at.position(),
                    "the variable " + name + " is not set; nothing stands in its place",
                    advice(name) + ", or write a default: ${" + name + ":-value}");
            return "";
        }
        used.put(name, value);
        return value;
    }

    private static String advice(String name) {
        return "set " + name
                + " as a property of the POM or in .env; a variable of the environment only when <interpolate> lists it";
    }

    private static boolean isName(char c, boolean first) {
        return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (!first && c >= '0' && c <= '9');
    }

    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final String message;
        private final String fix;

        Refusal(String message, String fix) {
            super(message);
            this.message = message;
            this.fix = fix;
        }
    }
}
