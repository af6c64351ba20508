package io.rosbalena.compose;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.yaml.Position;
import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads {@code docker-compose.yml}: Compose Specification and compose 2.x as people write them, with {@code extends},
 * anchors, {@code env_file} and interpolation resolved. Everything that is wrong is collected; what is right is returned
 * all the same, so that further checks can be made.
 */
public final class ComposeFile {
    private final ProjectFolder project;
    private final Interpolation interpolation;
    private final SecretValues secrets = new SecretValues();
    private final Findings findings = new Findings();
    private final Reading reading = new Reading(findings, "");

    private ComposeFile(ProjectFolder project, Map<String, String> variables) {
        this.project = project;
        this.interpolation = new Interpolation(variables);
    }

    /**
     * A file's content.
     *
     * @param file relative to the project
     */
    private record Document(String file, YamlMap root) {}

    /**
     * Reads a file of a project.
     *
     * @param root the project's folder; files that the compose file names must stand below it
     * @param file relative to the project, {@code /}-separated
     * @param variables what interpolation knows, the stronger value already chosen
     * @param findings receives what was noticed
     * @throws FindingException of kind INPUT when the file cannot be read or is not YAML
     */
    public static ComposeModel read(Path root, String file, Map<String, String> variables, Findings findings) {
        return read(root, List.of(file), variables, findings);
    }

    /**
     * Reads a file of a project and overlays such as {@code docker-compose.dev.yml}, each laid over those before it as
     * compose-spec {@code 13-merge.md} says.
     *
     * @param files relative to the project, at least one
     * @throws FindingException as for one file
     */
    public static ComposeModel read(Path root, List<String> files, Map<String, String> variables, Findings findings) {
        ProjectFolder project = new ProjectFolder(Optional.of(root));
        ComposeFile compose = new ComposeFile(project, variables);
        List<Document> documents = new ArrayList<>();
        for (String file : files) {
            try {
                documents.add(compose.document(file, project.read(file)));
            } catch (IOException e) {
                throw FindingException.input(Finding.error(
                                ComposeRule.MISSING_FILE.id(), "the compose file cannot be read: " + e.getMessage())
                        .at(file)
                        .fix("set composeFile in the POM to a file of the project"));
            }
        }
        return compose.model(documents, findings);
    }

    /**
     * Reads a text that names no other files.
     *
     * @param file the name that findings carry
     * @throws FindingException of kind INPUT when it is not YAML
     */
    public static ComposeModel parse(String file, byte[] document, Map<String, String> variables, Findings findings) {
        ComposeFile compose = new ComposeFile(new ProjectFolder(Optional.empty()), variables);
        return compose.model(List.of(compose.document(file, document)), findings);
    }

    private Document document(String file, byte[] bytes) {
        YamlMap root = YamlReader.read(file, bytes)
                .map(value -> interpolation.apply(value, reading))
                .flatMap(value -> reading.map(value, "a compose file", "services:"))
                .orElse(YamlMap.empty(new Position(file, 1, 1)));
        return new Document(file, root);
    }

    private ComposeModel model(List<Document> documents, Findings told) {
        TopLevelReader top = new TopLevelReader(reading);
        documents.forEach(document -> top.keys(document.root()));
        YamlMap root = documents.stream()
                .map(Document::root)
                .map(ComposeFile::withoutServices)
                .reduce((base, over) -> ServiceMerge.merge(base, over, reading))
                .orElseThrow();
        SortedMap<String, Service> services = services(documents, top);
        if (services.isEmpty() && !findings.hasErrors()) {
            reading.report(
                    ComposeRule.NOTHING_TO_RUN,
                    documents.get(0).root().place("services"),
                    "the file has no services",
                    "add services: {main: {build: .}}, or remove the file for one service with every package");
        }
        ComposeModel model = new ComposeModel(
                services,
                top.networks(root.find("networks")),
                top.volumes(root.find("volumes")),
                ExtensionReader.project(root.find(ExtensionReader.KEY), reading),
                variables());
        secrets.check(services, findings);
        new ModelChecks(model, places(root.find("volumes")), findings).run();
        told.addAll(findings.all().stream()
                .filter(finding -> !secrets.expects(finding))
                .collect(
                        Collectors.toMap(ComposeFile::place, finding -> finding, ComposeFile::join, LinkedHashMap::new))
                .values());
        return model;
    }

    private SortedMap<String, Service> services(List<Document> documents, TopLevelReader top) {
        ServiceSource source = new ServiceSource(project, interpolation, findings);
        Map<String, Position> names = new LinkedHashMap<>();
        for (Document document : documents) {
            YamlMap stated = document.root()
                    .find("services")
                    .flatMap(node -> reading.map(node, "services", "services: {main: {build: .}}"))
                    .orElse(YamlMap.empty(document.root().position()));
            source.add(document.file(), stated);
            stated.members().forEach((name, member) -> {
                if (!name.startsWith("x-") && !names.containsKey(name) && top.name("service", name, member)) {
                    names.put(name, member.key());
                }
            });
        }
        ServiceReader reader = new ServiceReader(new EnvironmentReader(project, interpolation, secrets));
        SortedMap<String, Service> services = new TreeMap<>();
        names.forEach((name, key) -> {
            Reading inService = new Reading(findings, name);
            Optional<YamlMap> map = documents.stream()
                    .filter(document -> source.states(document.file(), name))
                    .flatMap(document -> source.resolve(document.file(), name).stream())
                    .reduce((base, over) -> ServiceMerge.merge(base, over, inService));
            if (map.isPresent() && !isOptional(map.get(), inService)) {
                services.put(name, reader.read(name, key, map.get(), inService));
            }
        });
        return services;
    }

    /** The variables that the file was completed with, without those of which a secret is made. */
    private SortedMap<String, String> variables() {
        SortedMap<String, String> told = new TreeMap<>(interpolation.used());
        told.values().removeIf(secrets::isMadeOf);
        return told;
    }

    private static YamlMap withoutServices(YamlMap root) {
        Map<String, YamlMap.Member> members = new LinkedHashMap<>(root.members());
        members.remove("services");
        return root.withMembers(members);
    }

    /** Findings of one place that several services share, by an anchor or by extends, are one finding. */
    private static List<Object> place(Finding finding) {
        return List.of(finding.id(), finding.message(), finding.file(), finding.line(), finding.column());
    }

    private static Finding join(Finding one, Finding other) {
        return one.inService(one.service().orElse("") + ", " + other.service().orElse(""));
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
