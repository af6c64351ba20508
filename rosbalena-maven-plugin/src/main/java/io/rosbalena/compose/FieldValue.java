package io.rosbalena.compose;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The value of a service's field in its normal form: two values mean the same if and only if they are equal. */
public sealed interface FieldValue {
    /** A text. */
    record Text(String text) implements FieldValue {}

    /** An integer. */
    record Whole(long value) implements FieldValue {}

    /** {@code true} or {@code false}. */
    record Flag(boolean value) implements FieldValue {}

    /** Values in an order. Where the order means nothing, it is sorted. */
    record Sequence(List<FieldValue> items) implements FieldValue {
        public Sequence {
            items = List.copyOf(items);
        }

        /** The texts of the sequence; items of other kinds are left out. */
        public List<String> texts() {
            return items.stream()
                    .filter(Text.class::isInstance)
                    .map(item -> ((Text) item).text())
                    .toList();
        }
    }

    /** Values by name, sorted. */
    record Mapping(SortedMap<String, FieldValue> members) implements FieldValue {
        public Mapping {
            members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        }
    }

    /** A sequence of texts. */
    static Sequence texts(Collection<String> texts) {
        return new Sequence(
                texts.stream().map(text -> (FieldValue) new Text(text)).toList());
    }

    /** A mapping of texts. */
    static Mapping texts(Map<String, String> texts) {
        SortedMap<String, FieldValue> members = new TreeMap<>();
        texts.forEach((name, text) -> members.put(name, new Text(text)));
        return new Mapping(members);
    }
}
