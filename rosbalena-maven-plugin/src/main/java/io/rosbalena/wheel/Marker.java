package io.rosbalena.wheel;

import java.util.List;

/** A condition of a requirement (PEP 508). */
public sealed interface Marker {
    /**
     * Whether it holds.
     *
     * @param extra the extra that is asked for, normalised; empty for the project alone
     */
    boolean holds(MarkerEnvironment environment, String extra);

    /** All must hold. */
    record All(List<Marker> markers) implements Marker {
        public All {
            markers = List.copyOf(markers);
        }

        @Override
        public boolean holds(MarkerEnvironment environment, String extra) {
            return markers.stream().allMatch(one -> one.holds(environment, extra));
        }
    }

    /** One must hold. */
    record Any(List<Marker> markers) implements Marker {
        public Any {
            markers = List.copyOf(markers);
        }

        @Override
        public boolean holds(MarkerEnvironment environment, String extra) {
            return markers.stream().anyMatch(one -> one.holds(environment, extra));
        }
    }

    /**
     * A side of a comparison.
     *
     * @param text a variable's name, or a text
     * @param isVariable which of both
     */
    record Operand(String text, boolean isVariable) {
        private String value(MarkerEnvironment environment, String extra) {
            if (!isVariable) {
                return text;
            }
            return text.equals("extra") ? extra : environment.value(text).orElse("");
        }

        private boolean isExtra() {
            return isVariable && text.equals("extra");
        }
    }

    /** Two values compared: as versions where the right one is one, else as texts. */
    record Comparison(Operand left, String operator, Operand right) implements Marker {
        @Override
        public boolean holds(MarkerEnvironment environment, String extra) {
            String one = left.value(environment, extra);
            String other = right.value(environment, extra);
            if (left.isExtra() || right.isExtra()) {
                one = ProjectName.normalize(one);
                other = ProjectName.normalize(other);
            }
            if (!operator.equals("in") && !operator.equals("not in")) {
                var specifier = VersionSpecifier.parse(operator + other);
                var version = PythonVersion.parse(one);
                if (specifier.isPresent() && version.isPresent()) {
                    return specifier.get().contains(version.get());
                }
            }
            return compare(one, other);
        }

        private boolean compare(String one, String other) {
            return switch (operator) {
                case "==", "===" -> one.equals(other);
                case "!=" -> !one.equals(other);
                case "<" -> one.compareTo(other) < 0;
                case "<=" -> one.compareTo(other) <= 0;
                case ">" -> one.compareTo(other) > 0;
                case ">=" -> one.compareTo(other) >= 0;
                case "in" -> other.contains(one);
                case "not in" -> !other.contains(one);
                // «Compatible» means nothing between texts.
                default -> false;
            };
        }
    }
}
