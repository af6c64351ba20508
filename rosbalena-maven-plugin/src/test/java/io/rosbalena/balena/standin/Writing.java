package io.rosbalena.balena.standin;

import io.rosbalena.balena.standin.Tables.Row;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** POST, PATCH and DELETE: what is refused, and what follows from what is stored. */
final class Writing {
    private static final Set<String> OF_SERVER =
            Set.of("id", "created_at", "modified_at", "revision", "is_finalized_at__date", "update_timestamp", "actor");

    private final Tables tables;
    private final Reading reading;
    private final Rules rules;
    private final Supplier<String> location;

    /** @param location gives the place of the next image */
    Writing(Tables tables, Reading reading, Supplier<String> location) {
        this.tables = tables;
        this.reading = reading;
        this.rules = new Rules(tables);
        this.location = location;
    }

    Row post(Resource resource, Map<String, Object> sent) throws Refusal {
        Map<String, Object> body = new LinkedHashMap<>(sent);
        Map<String, Object> values = new LinkedHashMap<>();
        boolean draft = false;
        if (resource.name().equals("release")) {
            draft = Boolean.FALSE.equals(body.remove("is_final"));
            values.putAll(Map.of("semver_major", 0L, "semver_minor", 0L, "semver_patch", 0L));
            values.putAll(Map.of("semver_prerelease", "", "semver_build", "", "variant", ""));
            values.putAll(Map.of("is_invalidated", false, "is_passing_tests", true));
            Versions.parse(body, values);
        }
        values.putAll(checked(resource, body));
        defaults(resource, values);
        for (Field field : resource.fields().values()) {
            if (field.required() && values.get(field.name()) == null) {
                throw new Refusal(400, "\"" + field.name() + "\" cannot be null");
            }
        }
        rules.checkSent(resource, values);
        Row row = tables.add(resource.name(), values);
        try {
            if (!reading.isOwned(row)) {
                throw new Refusal(401, "");
            }
            rules.checkStored(row);
        } catch (Refusal refusal) {
            // As in a database, the id of a row that was rolled back is gone.
            tables.of(resource.name()).remove(row);
            throw refusal;
        }
        if (resource.name().equals("release")) {
            row.values().put("update_timestamp", tables.now());
            if (!draft) {
                Versions.finish(tables, row);
            }
            track(List.of(row));
        }
        return row;
    }

    private Map<String, Object> checked(Resource resource, Map<String, Object> body) throws Refusal {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Object> sent : body.entrySet()) {
            Field field = resource.field(sent.getKey());
            if (OF_SERVER.contains(field.name()) || field.kind() == Field.Kind.COMPUTED) {
                throw new Refusal(400, "\"" + field.name() + "\" cannot be set");
            }
            Object value = field.checked(sent.getValue());
            if (field.kind() == Field.Kind.REFERENCE
                    && value != null
                    && tables.find(field.target(), (Long) value)
                            .filter(row -> row.resource().owner().isEmpty() || reading.isVisible(row))
                            .isEmpty()) {
                throw new Refusal(400, "Foreign key constraint violated");
            }
            values.put(field.name(), value);
        }
        return values;
    }

    private void defaults(Resource resource, Map<String, Object> values) {
        if (resource.name().equals("image")) {
            values.put("is_stored_at__image_location", location.get());
        } else if (resource.name().equals("application")) {
            values.putIfAbsent("application_type", 1L);
            values.putIfAbsent("is_of__class", "fleet");
            values.put("uuid", UUID.randomUUID().toString().replace("-", ""));
            values.put("should_track_latest_release", true);
            values.putAll(Map.of("is_host", false, "is_archived", false, "is_public", false, "actor", 9L));
            if (values.get("organization") instanceof Long organization && values.get("app_name") != null) {
                String handle =
                        (String) tables.get("organization", organization).get("handle");
                values.put(
                        "slug", handle + "/" + values.get("app_name").toString().toLowerCase(java.util.Locale.ROOT));
            }
        }
    }

    void patch(Resource resource, List<Row> rows, Map<String, Object> sent) throws Refusal {
        if (resource.name().equals("image") && !Rules.OF_IMAGE.containsAll(sent.keySet())) {
            throw new Refusal(400, "Only " + Rules.OF_IMAGE + " of an image can be changed");
        }
        for (Row row : rows) {
            if (!reading.isOwned(row)) {
                throw new Refusal(401, "");
            }
        }
        for (Row row : rows) {
            patch(row, new LinkedHashMap<>(sent));
        }
        if (resource.name().equals("release")
                && sent.keySet().stream()
                        .anyMatch(List.of("is_final", "is_passing_tests", "is_invalidated", "status")::contains)) {
            track(rows);
        }
        if (resource.name().equals("application") || resource.name().equals("device")) {
            install();
        }
    }

    private void patch(Row row, Map<String, Object> body) throws Refusal {
        boolean release = row.resource().name().equals("release");
        Map<String, Object> values = new LinkedHashMap<>();
        boolean finish = false;
        if (release) {
            Object isFinal = body.remove("is_final");
            if (Boolean.FALSE.equals(isFinal) && Versions.isFinal(row)) {
                throw new Refusal(400, "Finalized releases cannot be converted to draft.");
            }
            boolean versioned = body.containsKey("semver");
            finish = Boolean.TRUE.equals(isFinal) && !Versions.isFinal(row) || versioned && Versions.isFinal(row);
            Versions.parse(body, values);
        }
        values.putAll(checked(row.resource(), body));
        rules.checkSent(row.resource(), values);
        Map<String, Object> before = new HashMap<>(row.values());
        row.values().putAll(values);
        try {
            rules.checkStored(row);
        } catch (Refusal refusal) {
            row.values().putAll(before);
            throw refusal;
        }
        row.values().put("modified_at", tables.now());
        if (release) {
            row.values().put("update_timestamp", tables.now());
            if (finish) {
                Versions.finish(tables, row);
            }
        }
    }

    void delete(List<Row> rows) throws Refusal {
        for (Row row : rows) {
            if (!reading.isOwned(row)) {
                throw new Refusal(401, "");
            }
            tables.of(row.resource().name()).remove(row);
        }
    }

    /** Fleets that track the latest release move to the one of these that was started last. */
    private void track(List<Row> changed) {
        for (Row fleet : tables.of("application")) {
            boolean concerned = Boolean.TRUE.equals(fleet.get("should_track_latest_release"))
                    && changed.stream()
                            .anyMatch(release ->
                                    release.get("belongs_to__application").equals(fleet.id()));
            if (concerned) {
                tables.of("release").stream()
                        .filter(release ->
                                release.get("belongs_to__application").equals(fleet.id()))
                        .filter(Writing::isTrackable)
                        .max(Comparator.comparing(release -> (String) release.get("start_timestamp")))
                        .ifPresent(release -> {
                            if (!Objects.equals(fleet.get("should_be_running__release"), release.id())) {
                                fleet.values().put("should_be_running__release", release.id());
                                fleet.values().put("modified_at", tables.now());
                            }
                        });
            }
        }
        install();
    }

    private static boolean isTrackable(Row release) {
        return Versions.isFinal(release)
                && Boolean.TRUE.equals(release.get("is_passing_tests"))
                && Boolean.FALSE.equals(release.get("is_invalidated"))
                && "success".equals(release.get("status"));
    }

    /** Every device gets the services of the release that it should run. */
    void install() {
        for (Row device : List.copyOf(tables.of("device"))) {
            Object release = Computed.value(tables, device, "should_be_running__release");
            if (release == null) {
                continue;
            }
            tables.of("image__is_part_of__release").stream()
                    .filter(part -> part.get("is_part_of__release").equals(release))
                    .map(part -> tables.follow(part, "image").orElseThrow().get("is_a_build_of__service"))
                    .filter(service -> tables.of("service_install").stream()
                            .noneMatch(install -> install.get("device").equals(device.id())
                                    && install.get("installs__service").equals(service)))
                    .toList()
                    .forEach(service ->
                            tables.add("service_install", Map.of("device", device.id(), "installs__service", service)));
        }
    }
}
