package io.rosbalena.balena.standin;

import io.rosbalena.balena.standin.Tables.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A {@code $filter}; null stands for SQL's unknown. */
interface Expression {
    Object value(Scope scope) throws Refusal;

    /** The row that is looked at, and those that lambdas named. */
    record Scope(Reading reading, Row row, Map<String, Row> named) {
        Scope with(String name, Row other) {
            Map<String, Row> all = new HashMap<>(named);
            all.put(name, other);
            return new Scope(reading, row, all);
        }
    }

    default boolean holds(Scope scope) throws Refusal {
        return Boolean.TRUE.equals(value(scope));
    }

    static Expression parse(String text) throws Refusal {
        Words words = new Words(text);
        Expression expression = parse(words);
        if (!words.atEnd()) {
            throw words.wrong();
        }
        return expression;
    }

    /** {@code and} and {@code or} bind equally, from the left, as in odata-parser: mixed ones want brackets. */
    static Expression parse(Words words) throws Refusal {
        Expression left = comparison(words);
        while (true) {
            Expression first = left;
            if (words.skipBetweenBlanks("or")) {
                Expression second = comparison(words);
                left = scope -> join(true, first.value(scope), second.value(scope));
            } else if (words.skipBetweenBlanks("and")) {
                Expression second = comparison(words);
                left = scope -> join(false, first.value(scope), second.value(scope));
            } else {
                return left;
            }
        }
    }

    /** @param deciding the value that decides alone: true for or, false for and */
    private static Object join(Boolean deciding, Object one, Object other) {
        if (deciding.equals(one) || deciding.equals(other)) {
            return deciding;
        }
        return one == null || other == null ? null : !deciding;
    }

    private static Expression comparison(Words words) throws Refusal {
        if (words.skip("not ")) {
            Expression inner = comparison(words);
            return scope -> {
                Object value = inner.value(scope);
                return value == null ? null : !Boolean.TRUE.equals(value);
            };
        }
        Expression left = operand(words);
        if (words.skipBetweenBlanks("in")) {
            words.expect("(");
            List<Object> values = new ArrayList<>();
            do {
                values.add(words.literal());
            } while (words.skip(",") && (words.skip(" ") || true));
            words.expect(")");
            return scope -> {
                Object value = left.value(scope);
                return value == null ? null : values.contains(value);
            };
        }
        for (String operator : List.of("eq", "ne", "lt", "le", "gt", "ge")) {
            if (words.skipBetweenBlanks(operator)) {
                boolean isNull = words.startsLiteral() && words.peek() == 'n';
                Expression right = operand(words);
                return scope -> compare(operator, left.value(scope), right.value(scope), isNull);
            }
        }
        return left;
    }

    private static Object compare(String operator, Object left, Object right, boolean withNull) throws Refusal {
        if (withNull) {
            return switch (operator) {
                case "eq" -> left == null;
                case "ne" -> left != null;
                default -> null;
            };
        }
        if (left == null || right == null) {
            return null;
        }
        if (!left.getClass().equals(right.getClass())) {
            throw new Refusal(400, "operator does not exist: " + left + " " + operator + " " + right);
        }
        @SuppressWarnings("unchecked") // both are of one class: String, Long or Boolean
        int order = ((Comparable<Object>) left).compareTo(right);
        return switch (operator) {
            case "eq" -> order == 0;
            case "ne" -> order != 0;
            case "lt" -> order < 0;
            case "le" -> order <= 0;
            case "gt" -> order > 0;
            default -> order >= 0;
        };
    }

    private static Expression operand(Words words) throws Refusal {
        if (words.skip("(")) {
            Expression inner = parse(words);
            words.expect(")");
            return inner;
        }
        if (words.startsLiteral()) {
            Object value = words.literal();
            return scope -> value;
        }
        String name = words.name();
        return words.skip("(") ? function(name, words) : path(name, words);
    }

    private static Expression function(String name, Words words) throws Refusal {
        List<Expression> arguments = new ArrayList<>();
        do {
            arguments.add(parse(words));
        } while (words.skip(",") && (words.skip(" ") || true));
        words.expect(")");
        if (name.equals("tolower") && arguments.size() == 1) {
            return scope -> Objects.toString(arguments.get(0).value(scope), "").toLowerCase(java.util.Locale.ROOT);
        }
        if (arguments.size() != 2
                || !List.of("startswith", "endswith", "contains").contains(name)) {
            throw words.wrong();
        }
        return scope -> {
            Object text = arguments.get(0).value(scope);
            Object part = arguments.get(1).value(scope);
            if (!(text instanceof String whole) || !(part instanceof String some)) {
                return null;
            }
            return switch (name) {
                case "startswith" -> whole.startsWith(some);
                case "endswith" -> whole.endsWith(some);
                default -> whole.contains(some);
            };
        };
    }

    private static Expression path(String first, Words words) throws Refusal {
        List<String> steps = new ArrayList<>(List.of(first));
        while (words.skip("/")) {
            String step = words.name();
            if (step.equals("$count")) {
                return scope -> (long) scope.reading().rows(scope, steps).size();
            }
            if ((step.equals("any") || step.equals("all")) && words.skip("(")) {
                String variable = words.name();
                words.expect(":");
                Expression inner = parse(words);
                words.expect(")");
                boolean any = step.equals("any");
                return scope -> {
                    for (Row row : scope.reading().rows(scope, steps)) {
                        if (inner.holds(scope.with(variable, row)) == any) {
                            return any;
                        }
                    }
                    return !any;
                };
            }
            steps.add(step);
        }
        return scope -> scope.reading().value(scope, steps);
    }
}
