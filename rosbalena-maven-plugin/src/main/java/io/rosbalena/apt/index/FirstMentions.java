package io.rosbalena.apt.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In which order apt comes upon the names of packages when it reads indexes: that of the stanzas, and in each the package
 * itself, then its relations field by field ({@code debListParser::NewVersion} of apt 2.6). Where nothing else decides, apt
 * prefers the provider that it came upon last.
 */
final class FirstMentions {
    /** The order in which apt reads them, whatever their order in the stanza. */
    private static final List<String> FIELDS = List.of(
            "Package",
            "Pre-Depends",
            "Depends",
            "Conflicts",
            "Breaks",
            "Recommends",
            "Suggests",
            "Replaces",
            "Enhances",
            "Provides");

    private final Map<String, Integer> numbers = new HashMap<>();

    /** Reads indexes in the order of the sources. */
    FirstMentions(Collection<PackageIndex> indexes) {
        indexes.forEach(index -> index.forEachStanza(this::stanza));
    }

    /** The higher, the later; -1 for a name that is nowhere. */
    int number(String name) {
        return numbers.getOrDefault(name, -1);
    }

    private void stanza(String text) {
        List<String> values = new ArrayList<>(java.util.Collections.nCopies(FIELDS.size(), ""));
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            int colon = text.indexOf(':', start);
            if (colon > start && colon < end) {
                int field = FIELDS.indexOf(text.substring(start, colon));
                if (field >= 0) {
                    values.set(field, text.substring(colon + 1, end));
                }
            }
            start = end + 1;
        }
        values.forEach(this::names);
    }

    private void names(String field) {
        int at = 0;
        while (at < field.length()) {
            while (at < field.length()
                    && (field.charAt(at) == ' ' || field.charAt(at) == ',' || field.charAt(at) == '|')) {
                at++;
            }
            int start = at;
            while (at < field.length() && " ,|(:[<".indexOf(field.charAt(at)) < 0) {
                at++;
            }
            // What names an architecture, such as python3:any, is another package to apt.
            boolean qualified = at < field.length() && field.charAt(at) == ':';
            if (at > start && !qualified) {
                numbers.putIfAbsent(field.substring(start, at), numbers.size());
            }
            while (at < field.length() && field.charAt(at) != ',' && field.charAt(at) != '|') {
                at++;
            }
        }
    }
}
