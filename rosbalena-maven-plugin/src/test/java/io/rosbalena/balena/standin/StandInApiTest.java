package io.rosbalena.balena.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.registry.LocalRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in refuses what the real API refuses: the texts are those of open-balena-api. */
class StandInApiTest {
    private static final String RELEASE = "{\"belongs_to__application\":1,\"composition\":{},\"source\":\"local\","
            + "\"start_timestamp\":\"2026-01-01T00:00:00.000Z\",\"commit\":\"%s\",\"status\":\"%s\"%s}";

    @TempDir
    Path folder;

    private StandInApi api;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        api = StandInApi.start(folder);
        client = new Client(api.url(), StandInApi.TOKEN);
        api.fleet("admin/rosbot", "raspberrypi4-64");
    }

    @AfterEach
    void stop() throws IOException {
        api.close();
    }

    @Test
    void aBadTokenIsAGuestWhereItReadsAndRefusedElsewhere() throws Exception {
        Client guest = new Client(api.url(), "wrong");
        assertThat(guest.get("/v7/application").statusCode()).isEqualTo(200);
        assertThat(guest.get("/v7/application").body()).isEqualTo("{\"d\":[]}");
        assertThat(guest.get("/actor/v1/whoami").statusCode()).isEqualTo(401);
        assertThat(guest.post("/v7/service", "{\"application\":1,\"service_name\":\"a\"}")
                        .statusCode())
                .isEqualTo(401);
        assertThat(client.get("/v7/application?$select=slug").body())
                .isEqualTo("{\"d\":[{\"slug\":\"admin/rosbot\"}]}");
    }

    @Test
    void strangersFleetsAreNotSeen() throws Exception {
        api.strangersFleet("acme/rosbot", "raspberrypi4-64");
        assertThat(client.get("/v7/application?$select=slug&$filter=app_name eq 'rosbot'")
                        .body())
                .isEqualTo("{\"d\":[{\"slug\":\"admin/rosbot\"}]}");
        refused(client.patch("/v7/application(1)", "{\"should_be_running__release\":7}"), 400, "Foreign key");
        assertThat(client.patch("/v7/application(2)", "{\"should_track_latest_release\":false}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(api.tables().get("application", 2).get("should_track_latest_release"))
                .as("a row that is not seen is not changed")
                .isEqualTo(true);
    }

    @Test
    void whatMustBeUniqueIs() throws Exception {
        String service = "{\"application\":1,\"service_name\":\"talker\"}";
        assertThat(client.post("/v7/service", service).statusCode()).isEqualTo(201);
        HttpResponse<String> again = client.post("/v7/service", service);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).isEqualTo("\"\\\"application\\\" and \\\"service_name\\\" must be unique.\"");
    }

    @Test
    void aCommitSucceedsOnce() throws Exception {
        assertThat(release("c1", "success", "").statusCode()).isEqualTo(201);
        refused(release("c1", "success", ""), 400, "It is necessary that each application that owns a release1");
        assertThat(release("c1", "running", "").statusCode()).isEqualTo(201);
        refused(client.patch("/v7/release(3)", "{\"status\":\"success\"}"), 400, "commit2 that is equal to");
    }

    @Test
    void releasesAreVersionedAndTracked() throws Exception {
        release("c1", "running", ",\"semver\":\"1.2.3\"");
        release("c2", "running", ",\"semver\":\"1.2.3\"");
        release("c3", "success", ",\"semver\":\"1.2.3\",\"is_final\":false");
        refused(release("c4", "running", ",\"semver\":\"1.2\""), 400, "Invalid semver format");
        assertThat(client.get("/v7/release?$select=raw_version&$filter=is_final eq true&$orderby=id asc")
                        .body())
                .isEqualTo("{\"d\":[{\"raw_version\":\"1.2.3\"},{\"raw_version\":\"1.2.3+rev1\"}]}");
        assertThat(client.get("/v7/release(3)?$select=raw_version").body())
                .matches("\\{\"d\":\\[\\{\"raw_version\":\"1\\.2\\.3-[0-9]{13}\"}]}");
        assertThat(tracked()).isEqualTo("{\"d\":[{\"should_be_running__release\":null}]}");
        client.patch("/v7/release(1)", "{\"status\":\"success\"}");
        assertThat(tracked()).isEqualTo("{\"d\":[{\"should_be_running__release\":{\"__id\":1}}]}");
        refused(client.patch("/v7/release(1)", "{\"is_final\":false}"), 400, "Finalized releases cannot be");
        client.patch("/v7/release(3)", "{\"is_final\":true}");
        assertThat(client.get("/v7/release(3)?$select=raw_version").body()).contains("\"1.2.3+rev2\"");
    }

    private String tracked() throws Exception {
        return client.get("/v7/application(1)?$select=should_be_running__release")
                .body();
    }

    @Test
    void imagesSucceedOnlyOncePushed() throws Exception {
        client.post("/v7/service", "{\"application\":1,\"service_name\":\"talker\"}");
        client.post(
                "/v7/image",
                "{\"is_a_build_of__service\":1,\"status\":\"running\",\"start_timestamp\":\"2026-01-01T00:00:00Z\"}");
        refused(client.patch("/v7/image(1)", "{\"status\":\"success\"}"), 400, "has a push timestamp");
        refused(client.patch("/v7/image(1)", "{\"project_type\":\"ROS\"}"), 400, "Check constraint violated");
        refused(client.patch("/v7/image(1)", "{\"contract\":{}}"), 400, "of an image can be changed");
        assertThat(client.patch(
                                "/v7/image(1)",
                                "{\"status\":\"success\",\"push_timestamp\":\"2026-01-01T00:00:01Z\","
                                        + "\"project_type\":\"local deploy\",\"image_size\":\"6\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void sizesAndNamesAreChecked() throws Exception {
        refused(release("c".repeat(41), "running", ""), 400, "less than or equal to 40");
        refused(
                client.post("/v7/service", "{\"application\":1,\"service_name\":\"" + "s".repeat(64) + "\"}"),
                400,
                "less than or equal to 63");
        release("c1", "running", "");
        refused(
                client.post("/v7/release_tag", "{\"release\":1,\"tag_key\":\"a b\",\"value\":\"\"}"),
                400,
                "cannot contain whitespace");
        refused(variable("application_environment_variable", "BALENA_X"), 400, "are reserved");
        refused(variable("application_environment_variable", "A-B"), 400, "can only contain");
        refused(variable("application_config_variable", "ROS_DOMAIN_ID"), 400, "must be part of one of");
        assertThat(variable("application_config_variable", "BALENA_HOST_CONFIG_gpu_mem")
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<String> large = release("c2", "running", ",\"build_log\":\"" + "x".repeat(520 * 1024) + "\"");
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).startsWith("<!DOCTYPE html>");
    }

    private HttpResponse<String> variable(String resource, String name) throws Exception {
        return client.post("/v7/" + resource, "{\"application\":1,\"name\":\"" + name + "\",\"value\":\"1\"}");
    }

    @Test
    void questionsThatItDoesNotUnderstandAreRefused() throws Exception {
        assertThat(client.get("/v7/nothing").statusCode()).isEqualTo(404);
        for (String wrong : new String[] {
            "/v7/release?$select=nothing",
            "/v7/release?$filter=commit eq 'a",
            "/v7/release?$filter=commit = 'a'",
            "/v7/release?$expand=nothing",
            "/v7/release?$expand=release_image($select=id",
            "/v7/release?$orderby=nothing",
            "/v7/release?$limit=1",
            "/v7/service(service_name='x')",
        }) {
            release("c1", "running", "");
            assertThat(client.get(wrong).statusCode()).as(wrong).isEqualTo(400);
        }
        refused(client.patch("/v7/release", "{\"note\":\"to all\"}"), 400, "all rows would change");
    }

    @Test
    void itParsesBeforeItDecodesAndKnowsNoPrecedence() throws Exception {
        for (int i = 1; i <= 3; i++) {
            release("c" + i, "running", "");
        }
        for (String query :
                new String[] {"$filter=id%20in%20%281%29", "$expand=release_tag%28$select=id)", "$select=id%2Ccommit"
                }) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(api.url() + "/v7/release?" + query))
                    .header("Authorization", "Bearer " + StandInApi.TOKEN)
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(client.get("/v7/release?$select=id&$filter=id eq 1 or id eq 2 and id eq 3")
                        .body())
                .isEqualTo("{\"d\":[]}");
        assertThat(client.get("/v7/release?$select=id&$filter=id eq 1 or (id eq 2 and id eq 2)&$orderby=id")
                        .body())
                .isEqualTo("{\"d\":[{\"id\":2},{\"id\":1}]}");
    }

    @Test
    void filtersFollowReferencesAndQuotes() throws Exception {
        release("it's", "success", "");
        api.device(1, "be8cd34393f94932541c21a393e141b8", "happy-surf");
        assertThat(client.get("/v7/release?$select=id&$filter=commit eq 'it''s'")
                        .body())
                .isEqualTo("{\"d\":[{\"id\":1}]}");
        assertThat(client.get("/v7/device?$select=id&$filter=belongs_to__application/slug eq 'admin/rosbot'")
                        .body())
                .isEqualTo("{\"d\":[{\"id\":1}]}");
        assertThat(client.get("/v7/device?$select=id&$filter=is_pinned_on__release ne null or not (id in (1, 2))")
                        .body())
                .isEqualTo("{\"d\":[]}");
        assertThat(client.get("/v7/device?$select=id&$filter=device_tag/any(t:t/tag_key eq 'x')")
                        .body())
                .isEqualTo("{\"d\":[]}");
        assertThat(client.get("/v7/device(uuid='be8cd34393f94932541c21a393e141b8')?$select=overall_status"
                                + "&$expand=should_be_running__release($select=commit)")
                        .body())
                .isEqualTo("{\"d\":[{\"should_be_running__release\":[{\"commit\":\"it's\"}],"
                        + "\"overall_status\":\"configuring\"}]}");
    }

    @Test
    void devicesArePinnedOnlyToReleasesOfTheirFleet() throws Exception {
        release("c1", "failed", "");
        api.device(1, "be8cd34393f94932541c21a393e141b8", "happy-surf");
        refused(client.patch("/v7/device(1)", "{\"is_pinned_on__release\":1}"), 400, "is pinned to a device");
    }

    @Test
    void tokensGrantWhatIsTheUsersAndTheRealRegistryTakesThem() throws Exception {
        Path registryFolder = java.nio.file.Files.createDirectory(folder.resolve("registry"));
        try (LocalRegistry registry = LocalRegistry.withRealm(registryFolder, api.realm(), api.certificate())) {
            api.storeImagesAt(registry.host());
            client.post("/v7/service", "{\"application\":1,\"service_name\":\"talker\"}");
            String image = client.post(
                            "/v7/image",
                            "{\"is_a_build_of__service\":1,\"status\":\"running\","
                                    + "\"start_timestamp\":\"2026-01-01T00:00:00Z\"}")
                    .body();
            Matcher location = Pattern.compile("is_stored_at__image_location\":\"([^/]*)/(v2/[0-9a-f]{32})\"")
                    .matcher(image);
            assertThat(location.find()).isTrue();
            release("c1", "running", "");
            client.post("/v7/image__is_part_of__release", "{\"image\":1,\"is_part_of__release\":1}");
            assertThat(location.group(1)).isEqualTo(registry.host());
            String path = "/auth/v1/token?service=" + registry.host() + "&scope=repository:" + location.group(2)
                    + ":pull,push&scope=repository:v2/00000000000000000000000000000000:pull";
            assertThat(upload(registry, location.group(2), token(client, path))).isEqualTo(202);
            assertThat(upload(registry, "v2/" + "1".repeat(32), token(client, path)))
                    .as("what was not granted")
                    .isEqualTo(401);
            assertThat(upload(registry, location.group(2), token(new Client(api.url(), ""), path)))
                    .as("a guest's token")
                    .isEqualTo(401);
            assertThat(new Client(api.url(), "wrong").get(path).statusCode()).isEqualTo(401);
        }
    }

    private static String token(Client client, String path) throws Exception {
        String body = client.get(path).body();
        return body.substring("{\"token\":\"".length(), body.length() - 2);
    }

    private static int upload(LocalRegistry registry, String repository, String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://" + registry.host() + "/v2/" + repository + "/blobs/uploads/"))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void passwordsAndSecondFactorsOpenASession() throws Exception {
        Client guest = new Client(api.url(), "");
        assertThat(guest.post("/login_", "{\"username\":\"admin\",\"password\":\"wrong\"}")
                        .statusCode())
                .isEqualTo(401);
        String right = "{\"username\":\"test@balena.local\",\"password\":\"admin's password\"}";
        String token = guest.post("/login_", right).body();
        assertThat(new Client(api.url(), token).get("/actor/v1/whoami").statusCode())
                .isEqualTo(200);
        api.secondFactor("123456");
        Client half = new Client(api.url(), guest.post("/login_", right).body());
        assertThat(half.get("/actor/v1/whoami").statusCode()).isEqualTo(401);
        assertThat(half.post("/auth/totp/verify", "{\"code\":\"1\"}").statusCode())
                .isEqualTo(401);
        String whole = half.post("/auth/totp/verify", "{\"code\":\"123456\"}").body();
        assertThat(new Client(api.url(), whole).get("/actor/v1/whoami").statusCode())
                .isEqualTo(200);
    }

    @Test
    void faultsComeAsPlanned() throws Exception {
        api.plan((method, path, earlier) -> !path.equals("/v7/service")
                ? Fault.NONE
                : switch (earlier) {
                    case 0 -> Fault.tooMany("7");
                    case 1 -> Fault.of(Fault.Kind.CUT_BEFORE);
                    case 2 -> Fault.of(Fault.Kind.CUT_AFTER);
                    case 3 -> Fault.of(Fault.Kind.HTML_413);
                    case 4 -> Fault.of(Fault.Kind.GARBAGE);
                    default -> Fault.slow(Duration.ofMillis(1));
                });
        String service = "{\"application\":1,\"service_name\":\"talker\"}";
        HttpResponse<String> busy = client.post("/v7/service", service);
        assertThat(busy.statusCode()).isEqualTo(429);
        assertThat(busy.headers().firstValue("Retry-After")).contains("7");
        assertThatThrownBy(() -> client.post("/v7/service", service)).isInstanceOf(IOException.class);
        assertThat(api.rows("service")).isEmpty();
        assertThatThrownBy(() -> client.post("/v7/service", service)).isInstanceOf(IOException.class);
        assertThat(api.rows("service")).hasSize(1);
        assertThat(client.post("/v7/service", service).statusCode()).isEqualTo(413);
        assertThat(client.post("/v7/service", service).body()).isEqualTo("{\"d\":[{]");
        assertThat(client.post("/v7/service", service).statusCode()).isEqualTo(409);
        assertThat(api.requests()).extracting(StandInApi.Request::status).containsExactly(429, 0, 201, 413, 200, 409);
        assertThat(api.lines().get(0)).isEqualTo("POST /v7/service " + service);
    }

    @Test
    void logsAreReadAndFollowed() throws Exception {
        String uuid = "be8cd34393f94932541c21a393e141b8";
        api.device(1, uuid, "happy-surf");
        api.log(uuid, "one", 3, false);
        assertThat(client.get("/device/v2/" + uuid + "/logs").body()).contains("\"serviceId\":3,\"message\":\"one\"");
        assertThat(new Client(api.url(), "wrong")
                        .get("/device/v2/" + uuid + "/logs?stream=1")
                        .statusCode())
                .isEqualTo(404);
        HttpResponse<java.util.stream.Stream<String>> following = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(api.url() + "/device/v2/" + uuid + "/logs?stream=1&count=1"))
                                .header("Authorization", "Bearer " + StandInApi.TOKEN)
                                .build(),
                        HttpResponse.BodyHandlers.ofLines());
        java.util.Iterator<String> lines = following.body().iterator();
        assertThat(lines.next()).contains("one");
        api.streams().heartbeat();
        assertThat(lines.next()).isEmpty();
        api.log(uuid, "two", 3, false);
        assertThat(lines.next()).contains("two");
        api.streams().cut();
        assertThat(lines.hasNext()).isFalse();
    }

    @Test
    void variablesOfAServiceOnADeviceHangOnItsInstallation() throws Exception {
        client.post("/v7/service", "{\"application\":1,\"service_name\":\"talker\"}");
        long device = api.device(1, "be8cd34393f94932541c21a393e141b8", "happy-surf");
        api.add("service_install", Map.of("device", device, "installs__service", 1));
        assertThat(client.get("/v7/service_install?$select=id&$filter=device eq 1 and installs__service eq 1")
                        .body())
                .isEqualTo("{\"d\":[{\"id\":1}]}");
    }

    private HttpResponse<String> release(String commit, String status, String more) throws Exception {
        return client.post("/v7/release", String.format(RELEASE, commit, status, more));
    }

    private static void refused(HttpResponse<String> answer, int status, String text) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).startsWith("\"").endsWith("\"").contains(text);
    }
}
