package io.rosbalena.balena.standin;

import io.rosbalena.balena.standin.Expression.Scope;
import io.rosbalena.balena.standin.Tables.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers queries with what a user may see. */
final class Reading {
    private final Tables tables;
    private final Optional<Row> user;

    /** @param user who asks; empty for a guest */
    Reading(Tables tables, Optional<Row> user) {
        this.tables = tables;
        this.user = user;
    }

    /** The rows of a resource that fit a query, each as it is written into the answer. */
    List<Object> answer(Resource resource, Query query) throws Refusal {
        List<Object> answer = new ArrayList<>();
        for (Row row : select(resource, tables.of(resource.name()), query)) {
            answer.add(render(row, query));
        }
        return answer;
    }

    List<Row> select(Resource resource, List<Row> rows, Query query) throws Refusal {
        List<Row> found = new ArrayList<>();
        for (String name : query.select()) {
            resource.field(name);
        }
        for (Row row : rows) {
            if (isVisible(row)
                    && (query.filter().isEmpty() || query.filter().get().holds(new Scope(this, row, Map.of())))) {
                found.add(row);
            }
        }
        for (int i = query.orderBy().size() - 1; i >= 0; i--) {
            String[] words = query.orderBy().get(i).split(" ", -1);
            resource.field(words[0]);
            Comparator<Row> order = Comparator.comparing(row -> comparable(row, words[0]));
            // odata-parser takes what has no order as descending.
            found.sort(words.length > 1 && words[1].equals("asc") ? order : order.reversed());
        }
        return found.stream().skip(query.skip()).limit(query.top()).toList();
    }

    private Key comparable(Row row, String field) {
        return new Key(field(row, field));
    }

    /** A value in the order of the database, in which null is last. */
    private record Key(Object value) implements Comparable<Key> {
        @Override
        @SuppressWarnings("unchecked") // values of one field are of one class
        public int compareTo(Key other) {
            if (value == null || other.value == null) {
                return Boolean.compare(value == null, other.value == null);
            }
            return ((Comparable<Object>) value).compareTo(other.value);
        }
    }

    Map<String, Object> render(Row row, Query query) throws Refusal {
        Map<String, Object> object = new LinkedHashMap<>();
        for (Map.Entry<String, Query> expansion : query.expand().entrySet()) {
            List<Row> rows = navigate(row, expansion.getKey());
            Resource resource = target(row.resource(), expansion.getKey());
            List<Row> chosen = select(resource, rows, expansion.getValue());
            if (expansion.getValue().count()) {
                object.put(expansion.getKey(), (long) chosen.size());
                continue;
            }
            List<Object> inner = new ArrayList<>();
            for (Row other : chosen) {
                inner.add(render(other, expansion.getValue()));
            }
            object.put(expansion.getKey(), inner);
        }
        for (Field field : row.resource().fields().values()) {
            boolean asked =
                    query.select().isEmpty() ? !isHidden(field) : query.select().contains(field.name());
            if (asked) {
                object.putIfAbsent(field.name(), rendered(row, field));
            }
        }
        return object;
    }

    private static boolean isHidden(Field field) {
        // Only balenaCloud keeps who made a release; openBalena takes the field and forgets it.
        return field.name().equals("password") || field.name().equals("is_created_by__user");
    }

    private Object rendered(Row row, Field field) {
        Object value = field(row, field.name());
        if (value == null || field.kind() != Field.Kind.REFERENCE && !isComputedReference(field)) {
            return field.name().equals("actor") && value != null ? Map.of("__id", value) : value;
        }
        return Map.of("__id", value);
    }

    private static boolean isComputedReference(Field field) {
        return field.name().equals("should_be_running__release");
    }

    private Object field(Row row, String field) {
        return row.resource().fields().get(field).kind() == Field.Kind.COMPUTED
                ? Computed.value(tables, row, field)
                : row.get(field);
    }

    /** The value at the end of a path of references. */
    Object value(Scope scope, List<String> steps) throws Refusal {
        Row row = scope.named().getOrDefault(steps.get(0), scope.row());
        int at = scope.named().containsKey(steps.get(0)) ? 1 : 0;
        if (at == steps.size()) {
            return row.id();
        }
        for (; at < steps.size() - 1; at++) {
            List<Row> next = navigate(row, steps.get(at));
            if (row.resource().fields().get(steps.get(at)) == null || next.size() > 1) {
                throw new Refusal(400, "Could not match resource field: " + String.join("/", steps));
            }
            if (next.isEmpty()) {
                return null;
            }
            row = next.get(0);
        }
        row.resource().field(steps.get(at));
        return field(row, steps.get(at));
    }

    /** The rows at the end of a path. */
    List<Row> rows(Scope scope, List<String> steps) throws Refusal {
        List<Row> rows = List.of(scope.named().getOrDefault(steps.get(0), scope.row()));
        int first = scope.named().containsKey(steps.get(0)) ? 1 : 0;
        for (String step : steps.subList(first, steps.size())) {
            List<Row> next = new ArrayList<>();
            for (Row row : rows) {
                next.addAll(navigate(row, step));
            }
            rows = next;
        }
        return rows;
    }

    private Resource target(Resource resource, String navigation) throws Refusal {
        if (navigation.equals("is_directly_accessible_by__user")) {
            return Resource.named("user");
        }
        Field field = resource.fields().get(navigation);
        if (field != null && isComputedReference(field)) {
            return Resource.named("release");
        }
        if (field != null && field.kind() == Field.Kind.REFERENCE) {
            return Resource.named(field.target());
        }
        return resource.back(navigation)
                .map(Resource.Back::resource)
                .orElseThrow(() ->
                        new Refusal(400, "Could not match navigation resource: " + resource.name() + "." + navigation));
    }

    private List<Row> navigate(Row row, String navigation) throws Refusal {
        target(row.resource(), navigation);
        if (navigation.equals("is_directly_accessible_by__user")) {
            return isOwned(row) ? user.stream().toList() : List.of();
        }
        Field field = row.resource().fields().get(navigation);
        if (field != null) {
            Object id = field(row, navigation);
            Resource target = target(row.resource(), navigation);
            return id == null
                    ? List.of()
                    : tables.find(target.name(), (Long) id).stream().toList();
        }
        Resource.Back back = row.resource().back(navigation).orElseThrow();
        return tables.of(back.resource().name()).stream()
                .filter(other -> other.reference(back.field()).equals(Optional.of(row.id())))
                .toList();
    }

    /** Whether the user may see a row: guests see nothing that belongs to a fleet, and nothing else either. */
    boolean isVisible(Row row) {
        if (row.resource().name().equals("application")) {
            return isOwned(row) || Boolean.TRUE.equals(row.get("is_public"));
        }
        if (row.resource().owner().isEmpty()) {
            return user.isPresent();
        }
        return tables.follow(row, row.resource().owner())
                .filter(this::isVisible)
                .isPresent();
    }

    /** Whether the user may change a row. */
    boolean isOwned(Row row) {
        if (user.isEmpty()) {
            return false;
        }
        if (row.resource().name().equals("application")) {
            return tables.of("organization_membership").stream()
                    .anyMatch(membership -> membership
                                    .get("user")
                                    .equals(user.get().id())
                            && membership.get("is_member_of__organization").equals(row.get("organization")));
        }
        return !row.resource().owner().isEmpty()
                && tables.follow(row, row.resource().owner())
                        .filter(this::isOwned)
                        .isPresent();
    }
}
