package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.SharedData;
import io.rosbalena.balena.standin.Recording;
import io.rosbalena.balena.standin.StandInApi;
import io.rosbalena.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our calls beside those that balena's command line 25 made for the same work, as they were recorded. Every difference is
 * one of {@code deploy.md}, where its reason stands.
 */
class DeployTrafficTest {
    private static final String TALKER_AND_LISTENER = String.join(
            "\n",
            "services:",
            "  talker:",
            "    command: [hello]",
            "    x-rosbalena: {apt: [hello, ros-humble-rmw-cyclonedds-cpp]}",
            "    environment: {ROS_DOMAIN_ID: \"7\", RMW_IMPLEMENTATION: rmw_cyclonedds_cpp}",
            "    labels: {io.balena.features.requires.arch.sw: amd64, io.balena.features.dbus: \"1\"}",
            "    volumes: [\"ros-logs:/root/.ros/log\"]",
            "  listener:",
            "    command: [hello]",
            "    x-rosbalena: {apt: [hello]}",
            "    depends_on: [talker]",
            "volumes: {ros-logs: {}}",
            "");

    private static final String CONTRACT =
            "name: rosbot\ntype: sw.application\nversion: 1.2.3\ndescription: ROS 2 Humble demo\n";

    /** What the command line asks for, and we know already. */
    private static final List<String> NEEDLESS = List.of(
            "GET /v7/user(N)?$select=id",
            "GET /v7/application(N)?$select=id",
            "GET /v7/service(application=N,service_name='S')");

    /** What we ask for besides: whether the release is there, what robots run, services in one call. */
    private static final List<String> OURS = List.of(
            "GET /v7/release?$select=id,commit,raw_version,is_final,is_invalidated&$filter=belongs_to__application eq N and commit eq 'S' and status eq 'S'",
            "GET /v7/service?$select=id,service_name&$filter=application eq N");

    /** The command line looks at the last release for its repositories alone, after it began the new one. */
    private static final String EARLIER_THEIRS =
            "GET /v7/release?$select=id&$filter=belongs_to__application eq N and status eq 'S'"
                    + "&$expand=release_image($select=id;$expand=image($select=is_stored_at__image_location))"
                    + "&$orderby=id desc&$top=1";

    private static final String EARLIER_OURS = "&$expand=release_image($select=id;"
            + "$expand=image($select=id,is_stored_at__image_location,content_hash;"
            + "$expand=is_a_build_of__service($select=service_name)))";

    private static final String TOKEN = "GET /auth/v1/token";

    @TempDir
    private Path folder;

    @Test
    void theCallsOfADeployAreThoseOfTheCommandLine() throws Exception {
        List<Recording.Exchange> recorded = Recording.read(SharedData.require("data/balena/rec-deploy-multi.log"));
        try (DeployedRobot deployed = DeployedRobot.in(folder)) {
            deployed.robot.archive().deb("ros-humble-rmw-cyclonedds-cpp", "1", "amd64");
            deployed.robot.publish();
            deployed.deploy();
            deployed.robot
                    .write("docker-compose.yml", TALKER_AND_LISTENER)
                    .write("balena.yml", CONTRACT)
                    .accept("io.balena.features.dbus");
            deployed.api.forgetRequests();
            deployed.draft(true).deploy();

            List<String> theirs = new ArrayList<>();
            for (Recording.Exchange one : recorded) {
                theirs.add(shape(
                        one.method(),
                        one.path(),
                        one.body().isPresent() ? json(one.body().get()) : null));
            }
            List<String> ours = new ArrayList<>();
            for (StandInApi.Request one : deployed.api.requests()) {
                ours.add(shape(one.method(), one.path(), one.body()));
            }
            theirs.removeIf(line -> NEEDLESS.contains(line) || line.equals(EARLIER_THEIRS));
            assertThat(ours).containsAll(OURS).anyMatch(line -> line.contains(EARLIER_OURS));
            ours.removeIf(line -> OURS.contains(line) || line.contains(EARLIER_OURS));
            // One token to read what is there, one to write; the tags are asked for on another command line.
            assertThat(ours.stream().filter(TOKEN::equals)).hasSize(2);
            ours.remove(TOKEN);
            ours.removeIf(line -> line.startsWith("POST /v7/release_tag "));

            assertThat(sorted(ours)).isEqualTo(sorted(theirs));
            assertThat(new LinkedHashSet<>(ours)
                            .stream().map(DeployTrafficTest::withoutBody).distinct())
                    .containsExactlyElementsOf(new LinkedHashSet<>(theirs)
                            .stream()
                                    .map(DeployTrafficTest::withoutBody)
                                    .distinct()
                                    .toList());
        }
    }

    private static Object json(String text) throws IOException {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8)).raw();
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }

    private static String withoutBody(String line) {
        int body = line.indexOf(" {");
        return body < 0 ? line : line.substring(0, body);
    }

    /** A call without what differs from one deploy to the next. */
    private static String shape(String method, String path, Object body) {
        String plain = path.startsWith("/auth/v1/token")
                ? "/auth/v1/token"
                : path.replaceAll("'[^']*'", "'S'")
                        .replaceAll("(\\(|=| eq )[0-9]+(?=[ ),]|$)", "$1N")
                        .replace("$top=N", "$top=1")
                        .replace("dau:1 eq N", "dau:1 eq 1");
        return method + " " + plain + (body instanceof Map<?, ?> fields ? " " + fields(plain, fields) : "");
    }

    private static String fields(String path, Map<?, ?> body) {
        Map<String, String> shown = new TreeMap<>();
        body.forEach((name, value) -> shown.put(String.valueOf(name), value(String.valueOf(name), value)));
        // The command line adds a requirement for cpus, which Supervisors refuse; our manifests have no such field.
        shown.values().removeIf(value -> value.contains("sw.spec"));
        if (path.startsWith("/v7/image(")) {
            // There is no log of a build on this side of the API, and nothing went wrong.
            shown.keySet().removeAll(Set.of("build_log", "error_message", "end_timestamp"));
        }
        return shown.toString();
    }

    private static String value(String name, Object value) {
        return switch (name) {
            case "composition" -> "with " + (value instanceof Map<?, ?> map ? services(map) : "nothing");
            case "commit", "content_hash", "image_size", "start_timestamp", "end_timestamp", "push_timestamp" -> "…";
            case "contract" -> inOrder(value).toString().replace("aarch64", "amd64");
            default -> value instanceof Number ? "N" : String.valueOf(value).replace("aarch64", "amd64");
        };
    }

    private static Set<String> services(Map<?, ?> composition) {
        Set<String> names = new TreeSet<>();
        ((Map<?, ?>) composition.get("services")).keySet().forEach(name -> names.add(name.toString()));
        return names;
    }

    /** Members in the order of their names, as servers do not look at their order. */
    private static Object inOrder(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((name, member) -> sorted.put(String.valueOf(name), inOrder(member)));
            return sorted;
        }
        return value instanceof List<?> list
                ? list.stream().map(DeployTrafficTest::inOrder).toList()
                : value;
    }
}
