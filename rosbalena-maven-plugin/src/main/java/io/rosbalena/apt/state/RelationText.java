package io.rosbalena.apt.state;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How dpkg spells relationship fields again that it has read: one line, one blank, no zero epoch (deb-control(5)). */
final class RelationText {
    private static final Pattern RELATION = Pattern.compile(
            "\\s*([^\\s(:]+(?::[^\\s(]+)?)\\s*(?:\\(\\s*([<=>]{1,2})?\\s*([^\\s)]+)\\s*\\))?\\s*", Pattern.DOTALL);

    private RelationText() {}

    /** The field's value as it stands in status. */
    static String canonical(String field) {
        List<String> groups = new ArrayList<>();
        for (String group : field.split(",", -1)) {
            if (group.isBlank()) {
                continue;
            }
            List<String> alternatives = new ArrayList<>();
            for (String alternative : group.split("\\|", -1)) {
                alternatives.add(relation(alternative));
            }
            groups.add(String.join(" | ", alternatives));
        }
        return String.join(", ", groups);
    }

    /** A version without an epoch of zero. */
    static String version(String version) {
        return version.strip().replaceFirst("^0+:", "");
    }

    private static String relation(String text) {
        Matcher matcher = RELATION.matcher(text);
        if (!matcher.matches()) {
            return text.strip();
        }
        if (matcher.group(3) == null) {
            return matcher.group(1);
        }
        String operator = matcher.group(2) == null ? "=" : matcher.group(2);
        // A single < or > is an old spelling that dpkg reads as "or equal".
        operator = operator.equals("<") || operator.equals(">") ? operator + "=" : operator;
        return matcher.group(1) + " (" + operator + " " + version(matcher.group(3)) + ")";
    }
}
