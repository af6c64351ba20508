package io.rosbalena.compose;

import io.rosbalena.compose.yaml.Position;
import io.rosbalena.compose.yaml.YamlList;
import io.rosbalena.compose.yaml.YamlMap;
import io.rosbalena.compose.yaml.YamlNode;
import io.rosbalena.compose.yaml.YamlReader;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads {@code docker-compose.yml}: Compose Specification and compose 2.x as people write them, with {@code extends},
 * anchors, {@code env_file} and interpolation resolved. Everything that is wrong is collected; what is right is returned
 * all the same, so that further checks can be made.
 */
public final class ComposeFile {
    private final ProjectFolder project;
    private final String file;
    private final Interpolation interpolation;
    private final Findings findings;

    private ComposeFile(ProjectFolder project, String file, Map<String, String> variables, Findings findings) {
        this.project = project;
        this.file = file;
        this.interpolation = new Interpolation(variables);
        this.findings = findings;
    }

    /**
     * Reads a file of a project.
     *
     * @param root the project's folder; files that the compose file names must stand below it
     * @param file relative to the project, {@code /}-separated
     * @param variables what interpolation knows, the stronger value already chosen
     * @param findings receives what was noticed
     * @throws FindingException of kind INPUT when the file is not YAML, of kind ENVIRONMENT when it cannot be read
     */
    public static ComposeModel read(Path root, String file, Map<String, String> variables, Findings findings) {
        ProjectFolder project = new ProjectFolder(Optional.of(root));
        byte[] document;
        try {
            document = project.read(file);
        } catch (IOException e) {
            throw FindingException.input(
                    Finding.error(ComposeRule.MISSING_FILE.id(), "the compose file cannot be read: " + e.getMessage())
                            .at(file)
                            .fix("set composeFile in the POM to a file of the project"));
        }
        return new ComposeFile(project, file, variables, findings).parse(document);
    }

    /**
     * Reads a text that names no other files.
     *
     * @param file the name that findings carry
     * @throws FindingException of kind INPUT when it is not YAML
     */
    public static ComposeModel parse(String file, byte[] document, Map<String, String> variables, Findings findings) {
        return new ComposeFile(new ProjectFolder(Optional.empty()), file, variables, findings).parse(document);
    }

    private ComposeModel parse(byte[] document) {
        Reading reading = new Reading(findings, "");
        Optional<YamlNode> node = YamlReader.read(file, document);
        YamlMap root = node.map(value -> interpolation.apply(value, reading))
                .flatMap(value -> reading.map(value, "a compose file", "services:"))
                .orElse(YamlMap.empty(new Position(file, 1, 1)));
        TopLevelReader top = new TopLevelReader(reading);
        top.keys(root);
        SortedMap<String, Service> services = services(root, top, reading);
        if (services.isEmpty() && !findings.hasErrors()) {
            reading.report(
                    ComposeRule.NOTHING_TO_RUN,
                    root.place("services"),
                    "the file has no services",
                    "add services: {main: {build: .}}, or remove the file for one service with every package");
        }
        ComposeModel model = new ComposeModel(
                services,
                top.networks(root.find("networks")),
                top.volumes(root.find("volumes")),
                ExtensionReader.project(root.find(ExtensionReader.KEY), reading),
                interpolation.used());
        new ModelChecks(model, places(root.find("volumes")), findings).run();
        return model;
    }

    private SortedMap<String, Service> services(YamlMap root, TopLevelReader top, Reading reading) {
        SortedMap<String, Service> services = new TreeMap<>();
        YamlMap stated = root.find("services")
                .flatMap(node -> reading.map(node, "services", "services: {main: {build: .}}"))
                .orElse(YamlMap.empty(root.position()));
        ServiceSource source = new ServiceSource(project, interpolation, findings);
        source.add(file, stated);
        ServiceReader reader = new ServiceReader(new EnvironmentReader(project, interpolation));
        stated.members().forEach((name, member) -> {
            if (name.startsWith("x-") || !top.name("service", name, member)) {
                return;
            }
            Reading inService = new Reading(findings, name);
            Optional<YamlMap> map = source.resolve(file, name);
            if (map.isPresent() && !isOptional(map.get(), inService)) {
                services.put(name, reader.read(name, member.key(), map.get(), inService));
            }
        });
        return services;
    }

    /** A service with profiles is started only by those who ask for it, which nobody does on a robot. */
    private static boolean isOptional(YamlMap service, Reading reading) {
        boolean profiles = service.find("profiles").orElse(service) instanceof YamlList list
                && !list.items().isEmpty();
        if (profiles) {
            reading.report(
                    ComposeRule.PROFILE,
                    service.place("profiles"),
                    "it is left out, because it has profiles",
                    "remove profiles if it belongs on the robot");
        }
        return profiles;
    }

    private static Map<String, Position> places(Optional<YamlNode> volumes) {
        Map<String, Position> places = new TreeMap<>();
        if (volumes.isPresent() && volumes.get() instanceof YamlMap map) {
            map.members().forEach((name, member) -> places.put(name, member.key()));
        }
        return places;
    }
}
