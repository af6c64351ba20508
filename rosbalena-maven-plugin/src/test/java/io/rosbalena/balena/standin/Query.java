package io.rosbalena.balena.standin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a request asks for: {@code $select}, {@code $filter}, {@code $expand}, {@code $orderby}, {@code $top}. */
record Query(
        List<String> select,
        Optional<Expression> filter,
        Map<String, Query> expand,
        List<String> orderBy,
        long top,
        long skip,
        boolean count) {

    static Query parse(Map<String, String> options) throws Refusal {
        List<String> select = new ArrayList<>();
        Optional<Expression> filter = Optional.empty();
        Map<String, Query> expand = new LinkedHashMap<>();
        List<String> orderBy = new ArrayList<>();
        long top = Long.MAX_VALUE;
        long skip = 0;
        for (Map.Entry<String, String> option : options.entrySet()) {
            String value = option.getValue();
            switch (option.getKey()) {
                case "$select" -> select.addAll(names(value));
                case "$filter" -> filter = Optional.of(Expression.parse(value));
                case "$expand" -> expand.putAll(expand(value));
                case "$orderby" -> orderBy.addAll(names(value));
                case "$top" -> top = number(value);
                case "$skip" -> skip = number(value);
                default -> throw new Refusal(400, "Failed to parse url: unknown option " + option.getKey());
            }
        }
        return new Query(select, filter, expand, orderBy, top, skip, false);
    }

    private static List<String> names(String value) {
        return List.of(value.split(", ?", -1));
    }

    private static long number(String value) throws Refusal {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new Refusal(400, "Failed to parse url: " + value);
        }
    }

    private static Map<String, Query> expand(String value) throws Refusal {
        Map<String, Query> all = new LinkedHashMap<>();
        for (String item : split(value, ',')) {
            int bracket = item.indexOf('(');
            String name = bracket < 0 ? item : item.substring(0, bracket);
            Map<String, String> options = new LinkedHashMap<>();
            if (bracket >= 0) {
                if (!item.endsWith(")")) {
                    throw new Refusal(400, "Failed to parse url: '" + value + "'");
                }
                for (String option : split(item.substring(bracket + 1, item.length() - 1), ';')) {
                    int equals = option.indexOf('=');
                    if (equals < 0) {
                        throw new Refusal(400, "Failed to parse url: '" + option + "'");
                    }
                    options.put(option.substring(0, equals), option.substring(equals + 1));
                }
            }
            Query inner = parse(options);
            boolean count = name.endsWith("/$count");
            all.put(
                    count ? name.substring(0, name.length() - "/$count".length()) : name,
                    count
                            ? new Query(
                                    inner.select,
                                    inner.filter,
                                    inner.expand,
                                    inner.orderBy,
                                    inner.top,
                                    inner.skip,
                                    true)
                            : inner);
        }
        return all;
    }

    /** Parts between separators that stand neither in brackets nor in quotes. */
    static List<String> split(String text, char separator) throws Refusal {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (char next : text.toCharArray()) {
            quoted ^= next == '\'';
            if (!quoted) {
                depth += next == '(' ? 1 : next == ')' ? -1 : 0;
            }
            if (next == separator && depth == 0 && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(next);
            }
        }
        if (depth != 0 || quoted) {
            throw new Refusal(400, "Failed to parse url: '" + text + "'");
        }
        parts.add(part.toString());
        return parts;
    }
}
