package io.rosbalena.apt.preference;

import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * A word of the {@code Package} field.
 *
 * @param ofSource whether it names source packages
 * @param text the name
 * @param expression what stands for several names; empty for one
 * @param architecture the part behind a colon; empty if there is none
 */
record PinName(boolean ofSource, String text, Optional<Expression> expression, String architecture) {
    private static final String SOURCE = "src:";
    private static final Set<String> ALL = Set.of("", "any", "native");

    /**
     * Reads a word.
     *
     * @throws PatternSyntaxException if it is a malformed regular expression
     */
    static PinName parse(String word) {
        boolean ofSource = word.startsWith(SOURCE);
        String name = ofSource ? word.substring(SOURCE.length()) : word;
        int colon = name.lastIndexOf(':');
        String architecture = colon < 0 ? "" : name.substring(colon + 1);
        String bare = colon < 0 ? name : name.substring(0, colon);
        boolean several = Expression.isRegex(bare) || bare.matches(".*[*\\[?].*");
        return new PinName(ofSource, bare, several ? Optional.of(Expression.of(bare)) : Optional.empty(), architecture);
    }

    boolean matches(String name, String source, String machine) {
        if (!ALL.contains(architecture) && !architecture.equals(machine)) {
            return false;
        }
        String subject = ofSource ? source : name;
        return expression.map(one -> one.matches(subject)).orElse(text.equals(subject));
    }
}
