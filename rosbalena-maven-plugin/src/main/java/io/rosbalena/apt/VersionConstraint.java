package io.rosbalena.apt;

/**
 * What a relation demands of a version, for example {@code >= 2.34} (Debian policy 7.1).
 *
 * @param operator how to compare
 * @param version what to compare with
 */
public record VersionConstraint(Operator operator, DebianVersion version) {

    /** The comparisons of Debian policy 7.1; the old forms {@code <} and {@code >} mean «or equal». */
    public enum Operator {
        EARLIER("<<"),
        EARLIER_OR_EQUAL("<="),
        EQUAL("="),
        LATER_OR_EQUAL(">="),
        LATER(">>");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /**
         * Reads an operator.
         *
         * @throws IllegalArgumentException if it is none of policy 7.1
         */
        public static Operator parse(String sign) {
            return switch (sign) {
                case "<<" -> EARLIER;
                case "<=", "<" -> EARLIER_OR_EQUAL;
                case "=" -> EQUAL;
                case ">=", ">" -> LATER_OR_EQUAL;
                case ">>" -> LATER;
                default -> throw new IllegalArgumentException("not a version comparison: \"" + sign + "\"");
            };
        }

        @Override
        public String toString() {
            return sign;
        }
    }

    /** Whether a version meets the demand. */
    public boolean allows(DebianVersion candidate) {
        int order = candidate.compareTo(version);
        return switch (operator) {
            case EARLIER -> order < 0;
            case EARLIER_OR_EQUAL -> order <= 0;
            case EQUAL -> order == 0;
            case LATER_OR_EQUAL -> order >= 0;
            case LATER -> order > 0;
        };
    }

    @Override
    public String toString() {
        return operator + " " + version;
    }
}
