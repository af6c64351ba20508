package io.rosbalena.balena.standin;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of all resources; ids count up. */
final class Tables {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(java.util.Locale.ROOT);

    /**
     * A row.
     *
     * @param values by field; references are ids
     */
    record Row(Resource resource, Map<String, Object> values) {
        long id() {
            return (Long) values.get("id");
        }

        Object get(String field) {
            return values.get(field);
        }

        Optional<Long> reference(String field) {
            return Optional.ofNullable((Long) values.get(field));
        }
    }

    private final Map<String, List<Row>> rows = new HashMap<>();
    private final Map<String, Long> last = new HashMap<>();
    private long clock;

    /** A time after all that were given before. */
    String now() {
        clock = Math.max(System.currentTimeMillis(), clock + 1);
        return MILLIS.format(Instant.ofEpochMilli(clock));
    }

    List<Row> of(String resource) {
        return rows.computeIfAbsent(resource, name -> new ArrayList<>());
    }

    Optional<Row> find(String resource, long id) {
        return of(resource).stream().filter(row -> row.id() == id).findFirst();
    }

    Row get(String resource, long id) {
        return find(resource, id).orElseThrow(() -> new IllegalArgumentException(resource + " " + id));
    }

    Optional<Row> find(String resource, String field, Object value) {
        return of(resource).stream().filter(row -> value.equals(row.get(field))).findFirst();
    }

    /** Puts a row in without looking at it: for what the server makes itself. */
    Row add(String resource, Map<String, ?> values) {
        Resource model = Resource.ALL.get(resource);
        Map<String, Object> all = new LinkedHashMap<>();
        model.fields().keySet().forEach(name -> all.put(name, null));
        String now = now();
        all.put("created_at", now);
        all.put("modified_at", now);
        values.forEach((name, value) -> {
            if (!model.fields().containsKey(name)) {
                throw new IllegalArgumentException(resource + " has no " + name);
            }
            all.put(name, value instanceof Integer number ? Long.valueOf(number) : value);
        });
        long id = last.merge(resource, 1L, Long::sum);
        all.put("id", id);
        Row row = new Row(model, all);
        of(resource).add(row);
        return row;
    }

    /** The next row of a resource gets this id. */
    void next(String resource, long id) {
        last.put(resource, id - 1);
    }

    /** The row that a reference leads to. */
    Optional<Row> follow(Row row, String field) {
        return row.reference(field)
                .flatMap(id -> find(row.resource().fields().get(field).target(), id));
    }
}
