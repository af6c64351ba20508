package io.rosbalena.balena;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * An API that is read, but not changed: calls that would change something are printed. What would be created gets numbers
 * below zero in place of those that the server gives.
 */
public final class DryRun implements BalenaApi {
    private final BalenaApi api;
    private final Consumer<String> sink;
    private final AtomicLong created = new AtomicLong();

    /** @param sink gets a line for each call */
    public DryRun(BalenaApi api, Consumer<String> sink) {
        this.api = api;
        this.sink = sink;
    }

    @Override
    public ApiUrl url() {
        return api.url();
    }

    @Override
    public Actor whoAmI() throws IOException {
        return api.whoAmI();
    }

    @Override
    public List<JsonValue> list(Query query) throws IOException {
        return api.list(query);
    }

    @Override
    public JsonValue document(String path) throws IOException {
        return api.document(path);
    }

    @Override
    public List<JsonValue> items(String path) throws IOException {
        return api.items(path);
    }

    @Override
    public JsonValue create(String resource, Map<String, ?> fields, Recheck recheck) {
        long id = created.decrementAndGet();
        sink.accept("POST " + Query.of(resource).show() + " " + text(fields) + " gives " + id);
        Map<String, Object> row = new LinkedHashMap<>(fields);
        row.put("id", id);
        return new JsonValue(row);
    }

    @Override
    public void change(Query query, Map<String, ?> fields) {
        sink.accept("PATCH " + query.show() + " " + text(fields));
    }

    @Override
    public void remove(Query query) {
        sink.accept("DELETE " + query.show());
    }

    private static String text(Map<String, ?> fields) {
        return new String(Json.compact(fields), StandardCharsets.UTF_8);
    }
}
