package io.rosbalena.balena.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.SharedData;
import io.rosbalena.json.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in answers what balena's CLI asked a real open-balena-api as that did. */
class RecordedTrafficTest {
    private static final String DEVICE = "be8cd34393f94932541c21a393e141b8";
    private static final String FLEET = "ab77e7dadb7e433dbae5931e0a318fb2";

    @TempDir
    Path folder;

    @Test
    void deploysAndCommandsAreAnsweredAsRecorded() throws Exception {
        Path recordings = SharedData.require("data/balena");
        try (StandInApi api = StandInApi.start(folder)) {
            api.storeImagesAt("127.0.0.1:15000");
            long fleet = api.fleet("admin/rosbot", "raspberrypi4-64");
            api.set("application", fleet, "uuid", FLEET);
            api.add(
                    "application_environment_variable",
                    Map.of("application", fleet, "name", "RMW_IMPLEMENTATION", "value", "rmw_cyclonedds_cpp"));
            replay(api, recordings.resolve("rec-deploy-single.log"));
            replay(api, recordings.resolve("rec-deploy-multi.log"));
            // What happened between the recordings.
            Client client = new Client(api.url(), StandInApi.TOKEN);
            release(client, "c3", "failed");
            release(client, "c4", "failed");
            release(client, "cdc52ef341f6b6332f38ce663c829cbb", "running");
            long image = api.add("image", image());
            api.add("image__is_part_of__release", Map.of("image", image, "is_part_of__release", 5));
            assertThat(client.patch("/v7/release(5)", "{\"status\":\"success\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(api.device(fleet, DEVICE, "happy-surf")).isEqualTo(1);
            replay(api, recordings.resolve("rec-cmds.log"));
        }
    }

    private static Map<String, Object> image() {
        Map<String, Object> image = new HashMap<>();
        image.put("start_timestamp", "2026-11-23T00:09:45.697Z");
        image.put("is_a_build_of__service", 3);
        image.put("is_stored_at__image_location", "127.0.0.1:15000/v2/00");
        image.put("status", "success");
        return image;
    }

    private static void release(Client client, String commit, String status) throws Exception {
        HttpResponse<String> answer = client.post(
                "/v7/release",
                "{\"belongs_to__application\":1,\"composition\":{},\"source\":\"local\",\"commit\":\"" + commit
                        + "\",\"status\":\"" + status + "\",\"start_timestamp\":\"2026-11-23T00:09:45.697Z\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static void replay(StandInApi api, Path recording) throws Exception {
        Client client = new Client(api.url(), StandInApi.TOKEN);
        for (Recording.Exchange recorded : Recording.read(recording)) {
            String what = recording.getFileName() + ": " + recorded.method() + " " + recorded.path();
            HttpResponse<String> answer = client.send(recorded.method(), recorded.path(), recorded.body());
            assertThat(answer.statusCode()).as(what + "\n" + answer.body()).isEqualTo(recorded.status());
            if (recorded.isCut()) {
                continue;
            }
            assertThat(volatileLeftOut(answer.body(), recorded.path()))
                    .as(what)
                    .isEqualTo(volatileLeftOut(recorded.answer(), recorded.path()));
            if (!isParallel(recorded.path())) {
                assertThat(answer.headers().firstValue("Location")).as(what).isEqualTo(recorded.location());
            }
            if (recorded.method().equals("POST") && recorded.path().equals("/v7/image")) {
                Map<?, ?> image = (Map<?, ?>) parse(recorded.answer());
                api.set(
                        "image",
                        (Long) image.get("id"),
                        "is_stored_at__image_location",
                        image.get("is_stored_at__image_location"));
            }
        }
    }

    /** The CLI sends labels and variables side by side: their ids came in another order than the recording has them. */
    private static boolean isParallel(String path) {
        return path.equals("/v7/image_label") || path.equals("/v7/image_environment_variable");
    }

    private static Object parse(String json) throws Exception {
        return json.isEmpty()
                ? ""
                : Json.parse(json.getBytes(StandardCharsets.UTF_8)).raw();
    }

    private static Object volatileLeftOut(String json, String path) throws Exception {
        Object value = parse(json);
        if (value instanceof Map<?, ?> map && map.get("token") instanceof String token) {
            String claims =
                    new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
            Map<?, ?> all = (Map<?, ?>) parse(claims);
            return List.of(all.get("access"), all.get("aud"), all.get("sub"));
        }
        return leftOut(value, isParallel(path));
    }

    private static Object leftOut(Object value, boolean withoutIds) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> left = new LinkedHashMap<>();
            map.forEach((name, inner) -> {
                if (!(withoutIds && name.equals("id"))) {
                    left.put(name, leftOut(inner, withoutIds));
                }
            });
            return left;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(inner -> leftOut(inner, withoutIds)).toList();
        }
        if (value instanceof String text) {
            return text.replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "<time>")
                    .replaceAll("-[0-9]{13}$", "-<milliseconds>")
                    .replaceAll("/v2/[0-9a-f]{32}$", "/v2/<random>");
        }
        return value instanceof Long number && number > 1_000_000_000_000L ? (Object) "<milliseconds>" : value;
    }
}
