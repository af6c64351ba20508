package io.rosbalena.rosdep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules that follow from a distribution's files: package {@code a_b} of humble is {@code ros-humble-a-b} on each
 * platform that the distribution is released for. A later file replaces whole repositories of an earlier one, and its
 * platforms replace the earlier ones.
 */
final class ReleasedPackages implements Definitions {
    private final String distro;
    private final List<RosdepSource> files;
    private final List<RuleTable> tables;

    /** The rules of a distribution with one table for each of its files, at least one. */
    ReleasedPackages(String distro, List<RosdepSource> files, List<RuleTable> tables) {
        this.distro = distro;
        this.files = List.copyOf(files);
        this.tables = List.copyOf(tables);
    }

    @Override
    public String name() {
        return files.get(files.size() - 1).name();
    }

    @Override
    public Optional<YamlNode> find(String key) {
        for (int i = tables.size() - 1; i >= 0; i--) {
            Optional<YamlNode> entry = tables.get(i).find(TableKind.PACKAGE + key);
            if (entry.isPresent() && entry.get() instanceof YamlNode.Text repository && !replaced(repository, i)) {
                return Optional.of(rules(key, repository.line()));
            }
        }
        return Optional.empty();
    }

    private boolean replaced(YamlNode.Text repository, int file) {
        return tables.subList(file + 1, tables.size()).stream()
                .anyMatch(later ->
                        later.find(TableKind.REPOSITORY + repository.value()).isPresent());
    }

    // A key has this form as in a database: system → codename → installer → packages.
    private YamlNode rules(String key, int line) {
        String packageName = ("ros-" + distro + "-" + key).replace('_', '-');
        YamlNode packages = new YamlNode.Members(
                Map.of("packages", new YamlNode.Items(List.of(new YamlNode.Text(packageName, line)), line)), line);
        Map<String, YamlNode> systems = new LinkedHashMap<>();
        platforms()
                .forEach((os, codenames) -> TargetOs.defaultInstaller(os).ifPresent(installer -> {
                    Map<String, YamlNode> versions = new LinkedHashMap<>();
                    for (String codename : codenames) {
                        versions.put(codename, new YamlNode.Members(Map.of(installer, packages), line));
                    }
                    systems.put(os, new YamlNode.Members(versions, line));
                }));
        return new YamlNode.Members(systems, line);
    }

    private Map<String, List<String>> platforms() {
        Map<String, List<String>> platforms = new LinkedHashMap<>();
        RuleTable last = tables.get(tables.size() - 1);
        YamlNode systems = last.find(TableKind.PLATFORMS).orElseGet(() -> new YamlNode.Members(Map.of(), 0));
        if (!(systems instanceof YamlNode.Members members)) {
            return platforms;
        }
        members.map().forEach((os, node) -> {
            List<String> codenames = new ArrayList<>();
            if (node instanceof YamlNode.Items items) {
                for (YamlNode item : items.list()) {
                    if (item instanceof YamlNode.Text codename) {
                        codenames.add(codename.value());
                    }
                }
            }
            platforms.put(os, codenames);
        });
        return platforms;
    }

    @Override
    public List<String> keys() {
        return tables.stream()
                .flatMap(table -> table.keys().stream())
                .filter(key -> key.startsWith(TableKind.PACKAGE))
                .map(key -> key.substring(TableKind.PACKAGE.length()))
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public boolean released() {
        return true;
    }
}
