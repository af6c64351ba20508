package io.rosbalena.sbom;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Checks license expressions (SPDX 2.3, annex D) whose operands are in the SPDX License List. */
final class SpdxExpression {
    private final Deque<String> words;

    private SpdxExpression(Deque<String> words) {
        this.words = words;
    }

    static boolean isOne(String text) {
        SpdxExpression expression = new SpdxExpression(new ArrayDeque<>(
                List.of(text.replace("(", " ( ").replace(")", " ) ").strip().split("\\s+", -1))));
        return expression.operands() && expression.words.isEmpty();
    }

    /** Operands with operators between them: which of these binds more does not matter here. */
    private boolean operands() {
        boolean more;
        do {
            if (!operand()) {
                return false;
            }
            more = next("AND") || next("OR");
        } while (more);
        return true;
    }

    private boolean operand() {
        if (next("(")) {
            return operands() && next(")");
        }
        return license(Optional.ofNullable(words.poll()).orElse(""))
                && (!next("WITH")
                        || SpdxLicenses.isException(
                                Optional.ofNullable(words.poll()).orElse("")));
    }

    private static boolean license(String word) {
        String orLater = word.endsWith("+") ? word.substring(0, word.length() - 1) : word;
        return word.matches("LicenseRef-[A-Za-z0-9.-]+")
                || SpdxLicenses.find(orLater).isPresent();
    }

    private boolean next(String word) {
        boolean there = word.equals(words.peek());
        if (there) {
            words.remove();
        }
        return there;
    }
}
