package io.rosbalena.balena.standin;

import io.rosbalena.balena.standin.Tables.Row;
import io.rosbalena.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which answer belongs to which path. */
final class Router {
    private static final Pattern RESOURCE = Pattern.compile("/v7/([a-z_]+)(?:\\((.*)\\))?");

    private final Tables tables;
    private final Accounts accounts;
    private final DeviceLogs logs;
    private final RegistryTokens registry;
    private final Supplier<String> location;

    Router(Tables tables, Accounts accounts, DeviceLogs logs, RegistryTokens registry, Supplier<String> location) {
        this.tables = tables;
        this.accounts = accounts;
        this.logs = logs;
        this.registry = registry;
        this.location = location;
    }

    Reply answer(Ask ask) throws Refusal, IOException {
        if (ask.body().isEmpty()) {
            return Reply.TOO_LARGE;
        }
        Optional<Row> user = accounts.user(ask.authorization());
        Matcher resource = RESOURCE.matcher(ask.path());
        if (resource.matches()) {
            return answer(ask, user, Resource.named(resource.group(1)), Optional.ofNullable(resource.group(2)));
        }
        if (ask.isLog()) {
            tables.find("device", "uuid", ask.logDevice())
                    .filter(new Reading(tables, user)::isVisible)
                    .orElseThrow(() -> new Refusal(404, "No device with uuid " + ask.logDevice()));
            return Reply.json(200, logs.last(ask.logDevice(), ask.count(1000)));
        }
        return switch (ask.method() + " " + ask.path()) {
            case "GET /ping" -> Reply.text(200, "text/plain", "OK");
            case "GET /actor/v1/whoami" -> whoami(user);
            case "GET /config/vars" -> configuration();
            case "POST /login_" -> Reply.text(200, "text/html; charset=utf-8", accounts.login(ask.object()));
            case "POST /auth/totp/verify" ->
                Reply.text(200, "text/html; charset=utf-8", accounts.verify(ask.authorization(), ask.object()));
            case "GET /user/v1/refresh-token" ->
                Reply.text(
                        200,
                        "text/html; charset=utf-8",
                        accounts.session(known(user).id(), false));
            case "POST /api-key/user/full" -> Reply.json(200, accounts.key(known(user), ask.object()));
            case "GET /auth/v1/token" -> token(ask, user);
            default -> throw new Refusal(404, "Not Found");
        };
    }

    private static Row known(Optional<Row> user) throws Refusal {
        return user.orElseThrow(() -> new Refusal(401, ""));
    }

    private static Reply whoami(Optional<Row> user) throws Refusal {
        Row row = known(user);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", row.id());
        answer.put("actorType", "user");
        answer.put("actorTypeId", row.id());
        answer.put("username", row.get("username"));
        answer.put("email", row.get("email"));
        return Reply.json(200, answer);
    }

    private static Reply configuration() throws IOException {
        try (InputStream in = Router.class.getResourceAsStream("config-vars.json")) {
            return Reply.json(200, Json.parse(in.readAllBytes()));
        }
    }

    private Reply token(Ask ask, Optional<Row> user) throws Refusal, IOException {
        if (user.isEmpty() && !ask.authorization().isEmpty()) {
            throw new Refusal(401, "");
        }
        String service =
                ask.values("service").stream().findFirst().orElseThrow(() -> new Refusal(400, "service is missing"));
        return Reply.json(200, registry.answer(user, service, ask.values("scope")));
    }

    private Reply answer(Ask ask, Optional<Row> user, Resource resource, Optional<String> key)
            throws Refusal, IOException {
        Reading reading = new Reading(tables, user);
        Writing writing = new Writing(tables, reading, location);
        if (!ask.parsable()) {
            throw new Refusal(400, "Failed to parse url: '" + ask.decoded() + "': signs are encoded");
        }
        Query query = Query.parse(ask.options());
        if (ask.method().equals("GET")) {
            return Reply.json(200, Map.of("d", rendered(reading, rows(reading, resource, key, query), query)));
        }
        known(user);
        switch (ask.method()) {
            case "POST" -> {
                if (key.isPresent()) {
                    throw new Refusal(405, "");
                }
                Row row = writing.post(resource, ask.object());
                writing.install();
                Reply reply = Reply.json(201, reading.render(row, Query.parse(Map.of())));
                return new Reply(
                        201,
                        Map.of(
                                "Content-Type",
                                "application/json; charset=utf-8",
                                "Location",
                                Ask.bare(ask.path()) + "(@id)?@id=" + row.id()),
                        reply.body());
            }
            case "PATCH" -> {
                Map<String, Object> body = ask.object();
                needsChoice(key, query);
                writing.patch(resource, rows(reading, resource, key, query), body);
                return Reply.empty(200);
            }
            case "DELETE" -> {
                needsChoice(key, query);
                writing.delete(rows(reading, resource, key, query));
                return Reply.empty(200);
            }
            default -> throw new Refusal(405, "");
        }
    }

    /** The real API would change all rows that the user has: no client of ours may ask for that. */
    private static void needsChoice(Optional<String> key, Query query) throws Refusal {
        if (key.isEmpty() && query.filter().isEmpty()) {
            throw new Refusal(400, "without key and filter, all rows would change");
        }
    }

    private static List<Object> rendered(Reading reading, List<Row> rows, Query query) throws Refusal {
        List<Object> objects = new java.util.ArrayList<>();
        for (Row row : rows) {
            objects.add(reading.render(row, query));
        }
        return objects;
    }

    private List<Row> rows(Reading reading, Resource resource, Optional<String> key, Query query) throws Refusal {
        List<Row> all = List.copyOf(tables.of(resource.name()));
        if (key.isPresent()) {
            Map<String, Object> values = key(resource, key.get());
            all = all.stream()
                    .filter(row -> values.entrySet().stream()
                            .allMatch(value -> value.getValue().equals(row.get(value.getKey()))))
                    .toList();
        }
        return reading.select(resource, all, query);
    }

    /** {@code 2}, or fields that are unique together. */
    private static Map<String, Object> key(Resource resource, String text) throws Refusal {
        if (text.matches("[0-9]{1,18}")) {
            return Map.of("id", Long.valueOf(text));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (String part : Query.split(text, ',')) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new Refusal(400, "Failed to parse url: (" + text + ")");
            }
            Words words = new Words(part.substring(equals + 1));
            values.put(resource.field(part.substring(0, equals)).name(), words.literal());
            if (!words.atEnd()) {
                throw words.wrong();
            }
        }
        boolean known =
                resource.unique().stream().anyMatch(unique -> values.keySet().equals(java.util.Set.copyOf(unique)))
                        || values.keySet().equals(java.util.Set.of("handle"));
        if (!known) {
            throw new Refusal(400, "Failed to parse url: (" + text + ") is no key");
        }
        return values;
    }
}
