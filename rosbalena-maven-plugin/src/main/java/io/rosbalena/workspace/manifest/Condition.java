package io.rosbalena.workspace.manifest;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A condition of a dependency, group or export, for example {@code $ROS_VERSION == 2 and $GZ_VERSION != ""} (REP-149).
 * All comparisons compare text by code points, so {@code 2 >= 10} holds; a variable that is not set is the empty text.
 */
public sealed interface Condition {

    /**
     * Reads a condition.
     *
     * @throws ConditionSyntaxException if the text does not follow the grammar; an empty text does not
     */
    static Condition parse(String text) throws ConditionSyntaxException {
        return new ConditionParser(text).parse();
    }

    /** Whether the condition holds with these variables. */
    boolean holds(Map<String, String> variables);

    /** The names of the variables that it reads. */
    Stream<String> variables();

    /** Holds if all operands hold. */
    record And(List<Condition> operands) implements Condition {
        public And {
            operands = List.copyOf(operands);
        }

        @Override
        public boolean holds(Map<String, String> variables) {
            return operands.stream().allMatch(operand -> operand.holds(variables));
        }

        @Override
        public Stream<String> variables() {
            return operands.stream().flatMap(Condition::variables);
        }
    }

    /** Holds if one operand holds. */
    record Or(List<Condition> operands) implements Condition {
        public Or {
            operands = List.copyOf(operands);
        }

        @Override
        public boolean holds(Map<String, String> variables) {
            return operands.stream().anyMatch(operand -> operand.holds(variables));
        }

        @Override
        public Stream<String> variables() {
            return operands.stream().flatMap(Condition::variables);
        }
    }

    /** Compares two terms; {@code operator} is one of {@code == != >= > <= <}. */
    record Comparison(Term left, String operator, Term right) implements Condition {
        @Override
        public boolean holds(Map<String, String> variables) {
            int order = CodePoints.compare(left.value(variables), right.value(variables));
            return switch (operator) {
                case "==" -> order == 0;
                case "!=" -> order != 0;
                case ">=" -> order >= 0;
                case ">" -> order > 0;
                case "<=" -> order <= 0;
                case "<" -> order < 0;
                default -> throw new IllegalStateException("no such operator: " + operator);
            };
        }

        @Override
        public Stream<String> variables() {
            return Stream.of(left, right).filter(Term::variable).map(Term::text);
        }
    }

    /** What is compared: a variable's value if {@code variable}, else the text itself. */
    record Term(boolean variable, String text) {
        String value(Map<String, String> variables) {
            return variable ? variables.getOrDefault(text, "") : text;
        }
    }
}
