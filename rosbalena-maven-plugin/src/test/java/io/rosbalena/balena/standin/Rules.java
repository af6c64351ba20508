package io.rosbalena.balena.standin;

import io.rosbalena.balena.standin.Tables.Row;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What the API refuses: the rules of open-balena-api's model, and the checks of its hooks. */
final class Rules {
    private static final Set<String> STATUS =
            Set.of("running", "success", "failed", "error", "cancelled", "interrupted");
    private static final Map<String, Set<String>> VALUES = Map.of(
            "release.status", STATUS,
            "image.status", STATUS,
            "release.source", Set.of("cloud", "local"),
            "release.phase", Set.of("next", "current", "sunset", "end-of-life"),
            "application.is_of__class", Set.of("fleet", "block", "app"),
            "image.project_type",
                    Set.of(
                            "Standard Dockerfile",
                            "project type unavailable",
                            "NodeJS",
                            "node.js",
                            "local deploy",
                            "external service",
                            "Dockerfile.template",
                            "dockerfile template",
                            "dockerfile",
                            "Could not be detected",
                            "Architecture-specific Dockerfile"));

    /** All that balenaCloud lets change in an image. */
    static final Set<String> OF_IMAGE = Set.of(
            "end_timestamp",
            "project_type",
            "error_message",
            "build_log",
            "push_timestamp",
            "status",
            "content_hash",
            "dockerfile",
            "image_size");

    private final Tables tables;

    Rules(Tables tables) {
        this.tables = tables;
    }

    /** What is sent, before it is stored. */
    void checkSent(Resource resource, Map<String, Object> values) throws Refusal {
        for (Map.Entry<String, Object> value : values.entrySet()) {
            Set<String> known = VALUES.get(resource.name() + "." + value.getKey());
            if (known != null && value.getValue() != null && !known.contains(value.getValue())) {
                throw new Refusal(400, "Check constraint violated");
            }
        }
        String name = (String) values.get("name");
        if (resource.name().endsWith("_config_variable")) {
            checkConfiguration(name);
        } else if (resource.name().endsWith("_environment_variable")
                && !resource.name().startsWith("image_")) {
            checkVariable(name);
        }
        if (resource.name().endsWith("_variable")
                && !resource.name().startsWith("image_")
                && values.get("value") instanceof String text
                && (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0)) {
            throw new Refusal(400, "Variable values cannot contain line break characters");
        }
        if (values.get("tag_key") instanceof String key) {
            checkTag(key);
        }
        if (resource.name().equals("service") && "".equals(values.get("service_name"))) {
            throw new Refusal(
                    400,
                    "It is necessary that each service has a service name that has a Length (Type) that"
                            + " is greater than 0 and is less than or equal to 63.");
        }
        if (values.get("app_name") instanceof String text) {
            if (!text.matches("[a-zA-Z0-9_-]+")) {
                throw new Refusal(400, "App name may only contain [a-zA-Z0-9_-].");
            }
            if (text.length() < 4) {
                throw new Refusal(
                        400,
                        "It is necessary that each application has an app name that has a Length (Type)"
                                + " that is greater than or equal to 4 and is less than or equal to 100.");
            }
        }
    }

    private static void checkConfiguration(String name) throws Refusal {
        if (name == null) {
            return;
        }
        if (name.matches("[0-9:].*|.*[^A-Za-z0-9_:].*")) {
            throw new Refusal(
                    400,
                    "Configuration variable names can only contain alphanumeric characters, underscores"
                            + " or a colon");
        }
        if (!name.startsWith("RESIN_") && !name.startsWith("BALENA_")) {
            throw new Refusal(
                    400,
                    "Configuration variables must be part of one of the following namespaces: RESIN_," + " BALENA_");
        }
    }

    private static void checkVariable(String name) throws Refusal {
        if (name == null) {
            return;
        }
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new Refusal(
                    400, "Environment variable names can only contain alphanumeric characters and underscores.");
        }
        if (Set.of("RESIN", "BALENA", "USER").contains(name)) {
            throw new Refusal(400, "Environment variables RESIN, BALENA, USER are reserved");
        }
        if (name.startsWith("RESIN_") || name.startsWith("BALENA_")) {
            throw new Refusal(400, "Environment variables beginning with RESIN_, BALENA_ are reserved.");
        }
    }

    private static void checkTag(String key) throws Refusal {
        if (key.chars().anyMatch(Character::isWhitespace)) {
            throw new Refusal(400, "Tag keys cannot contain whitespace.");
        }
        for (String reserved : List.of("io.resin.", "io.balena.")) {
            if (key.startsWith(reserved)) {
                throw new Refusal(400, "Tag keys beginning with " + reserved + " are reserved.");
            }
        }
    }

    /** A row as it would stand in its table. */
    void checkStored(Row row) throws Refusal {
        for (List<String> unique : row.resource().unique()) {
            boolean taken = tables.of(row.resource().name()).stream()
                    .anyMatch(other -> other.id() != row.id()
                            && unique.stream().allMatch(field -> Objects.equals(other.get(field), row.get(field))));
            if (taken) {
                throw new Refusal(409, "\"" + String.join("\" and \"", unique) + "\" must be unique.");
            }
        }
        switch (row.resource().name()) {
            case "image" -> {
                if ("success".equals(row.get("status")) && row.get("push_timestamp") == null) {
                    throw new Refusal(
                            400,
                            "It is necessary that each image that has a status that is equal to \"success\", has a push"
                                    + " timestamp.");
                }
            }
            case "release" -> checkRelease(row);
            case "application" ->
                checkTarget(row, "should_be_running__release", Optional.of(row.id()), "an application");
            case "device" ->
                checkTarget(row, "is_pinned_on__release", row.reference("belongs_to__application"), "a device");
            case "image__is_part_of__release" -> checkContainers(row);
            default -> {}
        }
    }

    private void checkRelease(Row row) throws Refusal {
        if ("success".equals(row.get("status"))
                && tables.of("release").stream()
                        .anyMatch(other -> other.id() != row.id()
                                && other.get("belongs_to__application").equals(row.get("belongs_to__application"))
                                && "success".equals(other.get("status"))
                                && other.get("commit").equals(row.get("commit")))) {
            throw new Refusal(
                    400,
                    "It is necessary that each application that owns a release1 that has a status that is equal to"
                            + " \"success\" and has a commit1, owns at most one release2 that has a status that is equal"
                            + " to \"success\" and has a commit2 that is equal to the commit1.");
        }
        if (row.get("invalidation_reason") != null && !Boolean.TRUE.equals(row.get("is_invalidated"))) {
            throw new Refusal(
                    400, "It is necessary that each release that has an invalidation reason, is invalidated.");
        }
        for (Row fleet : tables.of("application")) {
            if (fleet.reference("should_be_running__release").equals(Optional.of(row.id()))
                    && !"success".equals(row.get("status"))) {
                throw new Refusal(400, targetRule("should be running on", "an application"));
            }
        }
    }

    private void checkTarget(Row row, String field, Optional<Long> fleet, String of) throws Refusal {
        if (row.get(field) == null) {
            return;
        }
        Optional<Row> release = tables.follow(row, field);
        if (release.isEmpty()
                || !"success".equals(release.get().get("status"))
                || !release.get().reference("belongs_to__application").equals(fleet)) {
            throw new Refusal(400, targetRule(of.equals("a device") ? "is pinned to" : "should be running on", of));
        }
    }

    private static String targetRule(String verb, String of) {
        return "It is necessary that each release that " + verb + " " + of
                + ", has a status that is equal to \"success\" and belongs to "
                + (of.equals("a device") ? "an application1 that the device belongs to." : "the application.");
    }

    private void checkContainers(Row row) throws Refusal {
        Row fleet = tables.follow(row, "is_part_of__release")
                .flatMap(release -> tables.follow(release, "belongs_to__application"))
                .orElseThrow();
        boolean many = tables.of("image__is_part_of__release").stream()
                .anyMatch(other -> other.id() != row.id()
                        && other.get("is_part_of__release").equals(row.get("is_part_of__release")));
        boolean allowed = tables.follow(fleet, "application_type")
                .filter(type -> Boolean.TRUE.equals(type.get("supports_multicontainer")))
                .isPresent();
        if (many && !allowed) {
            throw new Refusal(
                    400,
                    "It is necessary that each application that owns a release that contains at least 2"
                            + " images, has an application type that supports multicontainer.");
        }
    }
}
