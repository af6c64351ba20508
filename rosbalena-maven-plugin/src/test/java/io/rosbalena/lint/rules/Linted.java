package io.rosbalena.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.ComposeModel;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Platform;
import io.rosbalena.lint.DeviceType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A manifest and what is known of its robot, looked at by every rule. */
final class Linted {
    private final ComposeModel compose;
    private final Map<String, Contents> contents = new HashMap<>();
    private final Set<String> accepted = new HashSet<>();
    private List<Platform> platforms = List.of();
    private List<DeviceType> deviceTypes = List.of();
    private Optional<String> rosDistro = Optional.empty();
    private Optional<String> from = Optional.empty();

    private Linted(ComposeModel compose) {
        this.compose = compose;
    }

    static Linted of(String text) {
        Findings findings = new Findings();
        ComposeModel compose =
                ComposeFile.parse("docker-compose.yml", text.getBytes(StandardCharsets.UTF_8), Map.of(), findings);
        assertThat(findings.hasErrors()).as(findings.all().toString()).isFalse();
        return new Linted(compose);
    }

    /** One service {@code a} with these fields, a line each. */
    static Linted service(String fields) {
        return of("services:\n  a:\n    build: .\n" + fields.indent(4) + "volumes: {data: {}}\nnetworks: {lan: {}}\n");
    }

    Linted deviceTypes(String... slugs) {
        deviceTypes = Arrays.stream(slugs)
                .map(slug -> DeviceType.find(slug).orElseThrow())
                .toList();
        platforms = deviceTypes.stream()
                .map(DeviceType::platform)
                .map(Platform::parse)
                .toList();
        return this;
    }

    Linted distro(String name) {
        rosDistro = Optional.of(name);
        return this;
    }

    Linted from(String image) {
        from = Optional.of(image);
        return this;
    }

    Linted accepting(String... words) {
        accepted.addAll(List.of(words));
        return this;
    }

    /** A service holds packages of the workspace, and nobody knows what else. */
    Linted packages(String service, String... packages) {
        contents.put(service, Contents.unlocked(new TreeSet<>(List.of(packages))));
        return this;
    }

    /** A service holds a package of the workspace and these of Debian. */
    Linted debian(String service, String... system) {
        contents.put(
                service,
                new Contents(new TreeSet<>(List.of("node")), Optional.of(new TreeSet<>(List.of(system))), Set.of()));
        return this;
    }

    /** What is found, as it is printed, in its order. */
    List<String> found() {
        Findings findings = new Findings();
        ManifestRules.check(
                new RobotView(compose, platforms, deviceTypes, rosDistro, contents, accepted, from), findings);
        return findings.all().stream().map(Finding::print).toList();
    }
}
