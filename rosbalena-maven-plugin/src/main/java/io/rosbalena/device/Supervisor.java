package io.rosbalena.device;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The API that balena's Supervisor has for a device in local mode, where it asks for no key; see
 * {@code src/device-api/v2.ts} of balena-supervisor.
 */
public final class Supervisor {
    /** The most that it reads of a request (express's limit in {@code device-api/index.ts}). */
    public static final int LARGEST_STATE = 10 << 20;

    private final DeviceHttp http;

    /**
     * @param connect how long a connection may take
     * @param silence how long it may stand still
     */
    public Supervisor(Endpoint endpoint, Duration connect, Duration silence) {
        this.http = new DeviceHttp(endpoint, connect, silence);
    }

    /**
     * What the device is.
     *
     * @param architecture in balena's words: {@code aarch64}, {@code amd64}, {@code armv7hf}
     * @param type balena's slug
     */
    public record DeviceInfo(String architecture, String type) {}

    /** Asks whether it is there; every Supervisor answers this, whatever its mode. */
    public void ping() throws IOException {
        try (Reply reply = http.get("/ping")) {
            byte[] answer = reply.expect(200).bytes();
            if (!new String(answer, StandardCharsets.UTF_8).strip().equals("OK")) {
                throw DeviceException.garbage("something else than a Supervisor answers");
            }
        }
    }

    /**
     * Its version.
     *
     * @throws DeviceException LOCKED_OUT where the device is not in local mode
     */
    public String version() throws IOException {
        return get("/v2/version").get("version").string();
    }

    public DeviceInfo device() throws IOException {
        JsonValue info = get("/v2/local/device-info").get("info");
        return new DeviceInfo(info.get("arch").string(), info.get("deviceType").string());
    }

    /** The state that the device should have: its name, its configuration, and apps. */
    public Map<String, JsonValue> targetState() throws IOException {
        return get("/v2/local/target-state").get("state").members();
    }

    /**
     * Sets the state that the device should have.
     *
     * @param state as {@link #targetState} has it
     * @param force whether services are stopped although they hold an update lock
     */
    public void setTargetState(Map<String, ?> state, boolean force) throws IOException {
        Map<String, Object> request = new LinkedHashMap<>(state);
        if (force) {
            request.put("force", true);
        }
        byte[] body = Json.compact(request);
        if (body.length > LARGEST_STATE) {
            throw DeviceException.refused(413, "the state has " + body.length + " bytes, and 10 MB are its limit");
        }
        try (Reply reply = http.send("POST", "/v2/local/target-state", RequestContent.json(body))) {
            reply.json();
        }
    }

    /** How far it is with that. */
    public LocalState state() throws IOException {
        JsonValue state = get("/v2/state/status");
        List<LocalState.Container> containers = new ArrayList<>();
        for (JsonValue container : state.get("containers").items()) {
            Optional<JsonValue> id = container.find("containerId");
            Optional<JsonValue> status = container.find("status");
            containers.add(new LocalState.Container(
                    container.get("serviceName").string(),
                    id.isPresent() ? id.get().string() : "",
                    status.isPresent() ? status.get().string() : ""));
        }
        return new LocalState(state.get("appState").string().equals("applied"), containers);
    }

    /**
     * What services print and the Supervisor says from now on; there is nothing of before.
     *
     * @param silence after which a read ends in a {@link java.net.SocketTimeoutException} and may be repeated: a service
     *     that prints nothing is not one that is gone. A connection too many costs the device memory until it restarts, so
     *     one that still stands is kept.
     */
    public LogStream logs(Duration silence) throws IOException {
        Reply reply = http.withSilence(silence).get("/v2/local/logs");
        try {
            InputStream lines = reply.expect(200).content();
            return new LogStream(lines, reply);
        } catch (IOException e) {
            reply.close();
            throw e;
        }
    }

    private JsonValue get(String target) throws IOException {
        try (Reply reply = http.get(target)) {
            return reply.json();
        }
    }
}
