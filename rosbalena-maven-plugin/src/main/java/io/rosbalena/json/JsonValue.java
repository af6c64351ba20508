package io.rosbalena.json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value with checked access. Each accessor names the type that it expects and throws {@link IOException} with a
 * sentence when the document holds another: documents come from archives and registries that nobody trusts.
 *
 * @param raw the plain value, see {@link Json}
 */
public record JsonValue(@Nullable Object raw) {

    /** Member of an object; empty when it is missing or null. */
    public Optional<JsonValue> find(String name) throws IOException {
        Object value = members(name).get(name);
        return value == null ? Optional.empty() : Optional.of(new JsonValue(value));
    }

    /**
     * Member of an object.
     *
     * @throws IOException if it is missing or null
     */
    public JsonValue get(String name) throws IOException {
        return find(name).orElseThrow(() -> new IOException("JSON object lacks the member \"" + name + "\""));
    }

    public String string() throws IOException {
        if (raw instanceof String text) {
            return text;
        }
        throw wrong("a string");
    }

    public long number() throws IOException {
        if (raw instanceof Long number) {
            return number;
        }
        throw wrong("an integer");
    }

    public boolean flag() throws IOException {
        if (raw instanceof Boolean flag) {
            return flag;
        }
        throw wrong("true or false");
    }

    /** Items of an array. */
    public List<JsonValue> items() throws IOException {
        if (raw instanceof List<?> list) {
            List<JsonValue> items = new ArrayList<>(list.size());
            for (Object item : list) {
                items.add(new JsonValue(item));
            }
            return items;
        }
        throw wrong("an array");
    }

    /** Items of an array of strings. */
    public List<String> strings() throws IOException {
        List<String> strings = new ArrayList<>();
        for (JsonValue item : items()) {
            strings.add(item.string());
        }
        return strings;
    }

    /** Members of an object in document order. */
    public Map<String, JsonValue> members() throws IOException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members("").forEach((name, value) -> members.put(name, new JsonValue(value)));
        return members;
    }

    private Map<String, @Nullable Object> members(String name) throws IOException {
        if (raw instanceof Map<?, ?> object) {
            @SuppressWarnings("unchecked") // Json builds objects with string keys only
            Map<String, @Nullable Object> members = (Map<String, @Nullable Object>) object;
            return members;
        }
        throw wrong(name.isEmpty() ? "an object" : "an object with \"" + name + "\"");
    }

    private IOException wrong(String expected) {
        String found = raw == null ? "null" : raw.getClass().getSimpleName();
        return new IOException("JSON holds " + found + " where " + expected + " is expected");
    }
}
