package io.rosbalena.robot.fleet;

import io.rosbalena.balena.ApiToken;
import io.rosbalena.balena.ApiUrl;
import io.rosbalena.balena.standin.StandInApi;
import io.rosbalena.robot.SmallRobot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A robot's project on disk, a server with its fleet {@code acme/courier}, and what a goal printed. */
final class FleetOfTests implements AutoCloseable {
    static final String UUID = "be8cd34393f94932541c21a393e141b8";

    final StandInApi api;
    final SmallRobot robot;
    final long fleet;
    final List<String> printed = new ArrayList<>();
    private String token = StandInApi.TOKEN;

    private FleetOfTests(StandInApi api, SmallRobot robot) {
        this.api = api;
        this.robot = robot;
        this.fleet = api.fleet("acme/courier", "raspberrypi4-64");
    }

    static FleetOfTests in(Path folder) throws IOException {
        return new FleetOfTests(StandInApi.start(folder), SmallRobot.in(folder));
    }

    FleetOfTests withToken(String other) {
        token = other;
        return this;
    }

    FleetAccess access() {
        return access("acme/courier");
    }

    FleetAccess access(String name) {
        return new FleetAccess(
                ApiUrl.parse(api.url()),
                List.of(() -> Optional.of(ApiToken.of(token, "the test"))),
                Optional.of(name).filter(text -> !text.isEmpty()));
    }

    RobotProject project() {
        return robot.robotProject();
    }

    Surroundings surroundings() throws IOException {
        return robot.surroundings();
    }

    void print(String line) {
        printed.add(line);
    }

    /** What was printed since the last call. */
    List<String> printed() {
        List<String> lines = List.copyOf(printed);
        printed.clear();
        return lines;
    }

    /** Requests that change something. */
    List<String> writes() {
        return api.requests().stream()
                .filter(request -> !request.method().equals("GET"))
                .map(StandInApi.Request::line)
                .toList();
    }

    long service(String name) {
        return api.add("service", Map.of("application", fleet, "service_name", name));
    }

    /** A release as a deploy leaves it. */
    long release(String commit, String version, String status, boolean isFinal) {
        Map<String, Object> values = new HashMap<>();
        String[] parts = version.split("\\.", -1);
        values.put("belongs_to__application", fleet);
        values.put("commit", commit);
        values.put("composition", Map.of());
        values.put("status", status);
        values.put("source", "local");
        values.put("is_invalidated", false);
        values.put("is_passing_tests", true);
        values.put("start_timestamp", api.now());
        values.put("semver_major", Long.valueOf(parts[0]));
        values.put("semver_minor", Long.valueOf(parts[1]));
        values.put("semver_patch", Long.valueOf(parts[2]));
        values.put("semver_prerelease", "");
        values.put("semver_build", "");
        values.put("variant", "");
        values.put("revision", isFinal ? 0L : null);
        return api.add("release", values);
    }

    @Override
    public void close() throws IOException {
        api.close();
    }
}
