package io.rosbalena.balena;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is asked of a resource, in OData's words.
 *
 * @param resource for example {@code release} or {@code release(2)}
 * @param options {@code $filter=…} and so on, not yet encoded, in the order in which they were given
 */
public record Query(String resource, List<String> options) {
    /** The version of the model that balena's command line uses, too. */
    private static final String MODEL = "/v7/";

    private static final char QUOTE = '\'';
    private static final Pattern SIGNS = Pattern.compile(String.valueOf(QUOTE));

    public Query {
        options = List.copyOf(options);
    }

    /** All of a resource. */
    public static Query of(String resource) {
        return new Query(resource, List.of());
    }

    /** One of a resource. */
    public static Query of(String resource, long id) {
        return new Query(resource + "(" + id + ")", List.of());
    }

    /** A string in a filter or a key; quotes within are doubled. */
    public static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    public Query select(String fields) {
        return with("$select=" + fields);
    }

    public Query filter(String condition) {
        return with("$filter=" + condition);
    }

    public Query expand(String fields) {
        return with("$expand=" + fields);
    }

    public Query orderBy(String fields) {
        return with("$orderby=" + fields);
    }

    public Query top(int count) {
        return with("$top=" + count);
    }

    private Query with(String option) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        return new Query(resource, more);
    }

    /** Path and query as they are sent. */
    String path() {
        String query = options.stream().map(Query::encode).collect(Collectors.joining("&"));
        return MODEL + encode(resource) + (query.isEmpty() ? "" : "?" + query);
    }

    /** Path and query for people. */
    String show() {
        return MODEL + resource + (options.isEmpty() ? "" : "?" + String.join("&", options));
    }

    /** The server parses before it decodes: signs of the language stand as they are, all of a string is encoded. */
    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        boolean inString = false;
        for (String part : SIGNS.split(text, -1)) {
            encoded.append(
                    inString
                            ? URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20")
                            : part.replace(" ", "%20"));
            encoded.append(QUOTE);
            inString = !inString;
        }
        return encoded.substring(0, encoded.length() - 1);
    }
}
