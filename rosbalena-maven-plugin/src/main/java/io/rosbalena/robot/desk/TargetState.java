package io.rosbalena.robot.desk;

import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.FieldValue;
import io.rosbalena.compose.Service;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state that a device in local mode is given, in the form of its API's version 2, which the Supervisor converts
 * ({@code lib/legacy.ts}). App, release and commit are those of balena's command line and never change: the Supervisor
 * compares the commit, and would replace every container for another one. What is left to tell services apart is their
 * configuration, in which it puts the id of the image that the name points to ({@code compose/service.ts}). So a name
 * that is moved to another image restarts its service, and no other.
 */
final class TargetState {
    /** The tag of every image. */
    static final String TAG = "latest";

    private static final String APP_ID = "1";
    private static final String APP_NAME = "localapp";
    private static final String COMMIT = "10ca12e1ea5e";
    private static final String RELEASE = "1";

    private TargetState() {}

    /**
     * What to send.
     *
     * @param before the state that the device has; all but its apps is sent back as it is, since another configuration
     *     could make it restart
     * @param model the resolved manifest
     * @param variables that services get besides those of the manifest
     */
    static Map<String, Object> of(
            Map<String, JsonValue> before,
            ComposeModel model,
            SortedMap<String, LocalNames> names,
            SortedMap<String, SortedMap<String, String>> variables)
            throws IOException {
        Map<String, Object> state = new LinkedHashMap<>(before);
        Map<String, Object> local = new LinkedHashMap<>(Optional.ofNullable(before.get("local"))
                .orElseThrow(() -> new IOException("a state without the device's own part"))
                .members());
        local.put("apps", Map.of(APP_ID, app(model, names, variables)));
        state.put("local", local);
        return state;
    }

    private static Map<String, Object> app(
            ComposeModel model,
            SortedMap<String, LocalNames> names,
            SortedMap<String, SortedMap<String, String>> variables) {
        Map<String, Object> services = new LinkedHashMap<>();
        model.services().values().forEach(service -> {
            LocalNames name = Objects.requireNonNull(names.get(service.name()));
            services.put(
                    String.valueOf(name.number()),
                    service(service, name, variables.getOrDefault(service.name(), new TreeMap<>())));
        });
        Map<String, Object> networks = new LinkedHashMap<>();
        // Where services name no network they are in this one, which must be there then.
        networks.put("default", Map.of("ipam", Map.of()));
        model.networks().forEach((name, fields) -> networks.put(name, json(fields)));
        Map<String, Object> volumes = new LinkedHashMap<>();
        model.volumes().forEach(name -> volumes.put(name, Map.of()));
        Map<String, Object> app = new LinkedHashMap<>();
        app.put("name", APP_NAME);
        app.put("commit", COMMIT);
        app.put("releaseId", RELEASE);
        app.put("services", services);
        app.put("volumes", volumes);
        app.put("networks", networks);
        return app;
    }

    private static Map<String, Object> service(Service service, LocalNames name, Map<String, String> variables) {
        Map<String, Object> fields = new LinkedHashMap<>();
        service.fields().forEach((field, value) -> fields.put(field, json(value)));
        Map<String, String> environment = new TreeMap<>(service.environment());
        environment.putAll(variables);
        // balena's command line writes these into the image; from here they reach the container just as well, and the
        // image keeps its digest.
        Map<String, String> labels = new TreeMap<>(service.labels());
        labels.put("io.resin.local.image", "1");
        labels.put("io.resin.local.service", service.name());
        fields.put("environment", environment);
        fields.put("labels", labels);
        fields.put("imageId", name.number());
        fields.put("serviceName", service.name());
        fields.put("serviceId", name.number());
        fields.put("image", name.repository() + ":" + TAG);
        fields.put("running", true);
        return fields;
    }

    private static Object json(FieldValue value) {
        if (value instanceof FieldValue.Text text) {
            return text.text();
        }
        if (value instanceof FieldValue.Whole whole) {
            return whole.value();
        }
        if (value instanceof FieldValue.Flag flag) {
            return flag.value();
        }
        if (value instanceof FieldValue.Sequence sequence) {
            return sequence.items().stream().map(TargetState::json).toList();
        }
        Map<String, Object> members = new LinkedHashMap<>();
        ((FieldValue.Mapping) value).members().forEach((name, member) -> members.put(name, json(member)));
        return members;
    }
}
