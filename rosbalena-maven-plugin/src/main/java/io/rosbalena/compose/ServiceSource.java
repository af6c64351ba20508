package io.rosbalena.compose;

import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.yaml.Position;
import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlReader;
import io.rosbalena.yaml.YamlScalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Services as nodes, across files: with {@code extends} followed and paths made relative to the project. */
final class ServiceSource {
    private static final Set<String> PATHS = Set.of("build", "env_file", "label_file");

    private final ProjectFolder project;
    private final Interpolation interpolation;
    private final Findings findings;
    private final Map<String, YamlMap> files = new HashMap<>();

    ServiceSource(ProjectFolder project, Interpolation interpolation, Findings findings) {
        this.project = project;
        this.interpolation = interpolation;
        this.findings = findings;
    }

    /** Makes the services of a file known. */
    void add(String file, YamlMap services) {
        files.put(file, services);
    }

    /** Whether a known file has a service. */
    boolean states(String file, String name) {
        return files.getOrDefault(file, YamlMap.empty(Position.of(file)))
                .members()
                .containsKey(name);
    }

    /** A service of a known file with everything that it extends below it. */
    Optional<YamlMap> resolve(String file, String name) {
        return resolve(file, name, new LinkedHashSet<>());
    }

    private Optional<YamlMap> resolve(String file, String name, Set<String> open) {
        Reading reading = new Reading(findings, name);
        YamlMap services = files.getOrDefault(file, YamlMap.empty(Position.of(file)));
        Optional<YamlMap> stated =
                services.find(name).flatMap(node -> reading.map(node, "service " + name, name + ": {build: ./src}"));
        if (stated.isEmpty()) {
            return Optional.empty();
        }
        YamlMap own = rebase(ProjectFolder.parent(file), stated.get());
        Optional<YamlNode> parent = own.find("extends");
        if (parent.isEmpty()) {
            return Optional.of(own);
        }
        String key = file + ":" + name;
        if (!open.add(key)) {
            reading.report(
                    ComposeRule.EXTENDS,
                    own.place("extends"),
                    "services extend each other in a circle: " + String.join(" -> ", open) + " -> " + key,
                    "remove one of the extends");
            return Optional.of(own);
        }
        Optional<YamlMap> base = base(file, parent.get(), open, reading);
        open.remove(key);
        return Optional.of(
                base.map(below -> ServiceMerge.merge(below, own, reading)).orElse(own));
    }

    private Optional<YamlMap> base(String file, YamlNode parent, Set<String> open, Reading reading) {
        YamlNode service = parent;
        String from = file;
        if (parent instanceof YamlMap map) {
            service = map.find("service").orElse(map);
            Optional<YamlNode> named = map.find("file");
            if (named.isPresent()) {
                Optional<String> other = load(file, named.get(), reading);
                if (other.isEmpty()) {
                    return Optional.empty();
                }
                from = other.get();
            }
        }
        Optional<String> name = reading.text(service, "extends", "extends: {service: base}");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (files.getOrDefault(from, YamlMap.empty(parent.position()))
                .find(name.get())
                .isEmpty()) {
            reading.report(
                    ComposeRule.EXTENDS,
                    service.position(),
                    from + " has no service " + name.get() + " to extend",
                    "name a service of that file");
            return Optional.empty();
        }
        return resolve(from, name.get(), open).map(ServiceSource::withoutExtends);
    }

    private Optional<String> load(String file, YamlNode named, Reading reading) {
        Optional<String> text = reading.text(named, "extends.file", "file: common.yml");
        Optional<String> path = text.flatMap(name -> ProjectFolder.resolve(ProjectFolder.parent(file), name));
        if (path.isEmpty() || files.containsKey(path.get())) {
            if (path.isEmpty() && text.isPresent()) {
                reading.report(
                        ComposeRule.MISSING_FILE,
                        named.position(),
                        "extends.file " + text.get() + " leaves the project",
                        "name a file inside the project");
            }
            return path;
        }
        try {
            Optional<YamlNode> root = YamlReader.read(path.get(), project.read(path.get()));
            Optional<YamlMap> services = root.map(node -> interpolation.apply(node, new Reading(findings, "")))
                    .flatMap(node -> node instanceof YamlMap map ? map.find("services") : Optional.empty())
                    .flatMap(node -> node instanceof YamlMap map ? Optional.of(map) : Optional.empty());
            add(path.get(), services.orElse(YamlMap.empty(Position.of(path.get()))));
            return path;
        } catch (FindingException e) {
            findings.addAll(e.findings());
        } catch (IOException e) {
            reading.report(
                    ComposeRule.MISSING_FILE,
                    named.position(),
                    "extends.file cannot be read: " + e.getMessage(),
                    "create the file, or name another relative to this one");
        }
        return Optional.empty();
    }

    private static YamlMap withoutExtends(YamlMap service) {
        Map<String, YamlMap.Member> members = new LinkedHashMap<>(service.members());
        members.remove("extends");
        return service.withMembers(members);
    }

    private static YamlMap rebase(String folder, YamlMap service) {
        if (folder.equals(".")) {
            return service;
        }
        Map<String, YamlMap.Member> members = new LinkedHashMap<>(service.members());
        members.replaceAll((key, member) ->
                PATHS.contains(key) ? new YamlMap.Member(member.key(), rebase(folder, member.value())) : member);
        return service.withMembers(members);
    }

    private static YamlNode rebase(String folder, YamlNode node) {
        if (node instanceof YamlScalar scalar) {
            return ProjectFolder.resolve(folder, scalar.text())
                    .map(scalar::withText)
                    .orElse(scalar);
        }
        if (node instanceof YamlList list) {
            List<YamlNode> items = new ArrayList<>();
            list.items().forEach(item -> items.add(rebase(folder, item)));
            return new YamlList(items, list.position(), list.tag());
        }
        YamlMap map = (YamlMap) node;
        Map<String, YamlMap.Member> members = new LinkedHashMap<>(map.members());
        members.replaceAll((key, member) -> key.equals("context") || key.equals("path")
                ? new YamlMap.Member(member.key(), rebase(folder, member.value()))
                : member);
        return map.withMembers(members);
    }
}
