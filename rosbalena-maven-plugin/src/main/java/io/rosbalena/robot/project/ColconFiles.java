package io.rosbalena.robot.project;

import io.rosbalena.colcon.ColconSettings;
import io.rosbalena.colcon.ColconSettings.Arguments;
import io.rosbalena.colcon.EngineName;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.Workspace;
import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlReader;
import io.rosbalena.yaml.YamlScalar;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files for colcon that stand in a project's folder, where its users call colcon: {@code colcon_defaults.yaml} (or
 * {@code defaults.yaml}), {@code colcon.meta} and {@code mixin/*.mixin}, in the forms of colcon's extensions
 * colcon-defaults, colcon-metadata and colcon-mixin. Those in a home folder are not read: what they say would be said on
 * one machine alone.
 */
final class ColconFiles {
    private static final List<String> DEFAULTS = List.of("colcon_defaults.yaml", "defaults.yaml");
    private static final String META = "colcon.meta";
    private static final String MIXINS = "mixin";

    /** Options that say how colcon shows or splits its work: they change no byte. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "allow-overriding",
            "base-paths",
            "build-base",
            "cmake-clean-cache",
            "cmake-clean-first",
            "cmake-force-configure",
            "cmake-jobs",
            "continue-on-error",
            "event-handlers",
            "executor",
            "install-base",
            "log-base",
            "log-level",
            "parallel-workers",
            "packages-select",
            "packages-up-to",
            "test-result-base");

    private static final String SYMLINKS = "symlink-install";
    private static final String MERGED = "merge-install";

    private final RobotProject.Files files;
    private final String engine;
    private final Workspace workspace;
    private final Findings findings;
    private final Map<String, YamlMap> mixins = new LinkedHashMap<>();

    private ColconFiles(RobotProject project, Workspace workspace, Findings findings) {
        this.files = project.files();
        this.engine = project.build().engine();
        this.workspace = workspace;
        this.findings = findings;
    }

    /**
     * Reads them. What the POM says comes last, and so wins.
     *
     * @param findings gets RB413 for what cannot be done, RB414 for what is left out
     */
    static ColconSettings read(RobotProject project, Workspace workspace, Findings findings) throws IOException {
        ColconFiles reading = new ColconFiles(project, workspace, findings);
        reading.readMixins();
        Arguments all = Arguments.NONE;
        for (String name : DEFAULTS) {
            Optional<YamlMap> defaults = reading.map(project.files().directory().resolve(name));
            if (defaults.isPresent()) {
                all = reading.defaults(defaults.get());
                break;
            }
        }
        Optional<YamlMap> meta = reading.map(project.files().directory().resolve(META));
        return new ColconSettings(
                all.and(new Arguments(project.build().cmakeArgs(), List.of())),
                meta.isPresent() ? reading.packages(meta.get()) : new TreeMap<>());
    }

    private Optional<YamlMap> map(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Optional<YamlNode> root = YamlReader.read(files.show(file), Files.readAllBytes(file));
            if (root.isEmpty() || root.get() instanceof YamlMap) {
                return root.map(YamlMap.class::cast);
            }
            refuse(root.get(), "the file holds " + root.get().describe() + " where colcon reads a mapping");
        } catch (FindingException e) {
            findings.addAll(e.findings());
        }
        return Optional.empty();
    }

    private void readMixins() throws IOException {
        Path folder = files.directory().resolve(MIXINS);
        if (!Files.isDirectory(folder)) {
            return;
        }
        TreeSet<Path> found = new TreeSet<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, "*.mixin")) {
            children.forEach(found::add);
        }
        for (Path file : found) {
            Optional<YamlNode> build = map(file).flatMap(root -> root.find("build"));
            if (build.isPresent() && build.get() instanceof YamlMap named) {
                named.members().forEach((name, member) -> {
                    if (member.value() instanceof YamlMap arguments) {
                        mixins.put(name, arguments);
                    } else {
                        refuse(member.value(), "the mixin " + name + " is no mapping");
                    }
                });
            }
        }
    }

    private Arguments defaults(YamlMap root) {
        Optional<YamlNode> build = root.find("build");
        if (build.isEmpty()) {
            return Arguments.NONE;
        }
        if (build.get() instanceof YamlMap options) {
            Arguments mixed = Arguments.NONE;
            for (String name : options.find("mixin").map(this::texts).orElse(List.of())) {
                YamlMap mixin = mixins.get(name);
                if (mixin == null) {
                    findings.add(options.place("mixin")
                            .place(Finding.error("RB413", "the mixin " + name + " is not in this project")
                                    .fix("put the file that defines it into the folder " + MIXINS
                                            + "; those of your home folder are not read, since nobody else has them")));
                } else {
                    mixed = mixed.and(arguments(mixin));
                }
            }
            return mixed.and(arguments(options));
        }
        refuse(build.get(), "\"build\" is " + build.get().describe() + ", not a mapping of options");
        return Arguments.NONE;
    }

    private SortedMap<String, Arguments> packages(YamlMap meta) {
        SortedMap<String, Arguments> packages = new TreeMap<>();
        Map<String, RosPackage> byPath = new TreeMap<>();
        Map<String, RosPackage> byName = new TreeMap<>();
        for (RosPackage one : workspace.packages()) {
            byPath.put(files.show(one.directory()), one);
            byName.put(one.name(), one);
        }
        read(meta, "paths", byPath, packages);
        read(meta, "names", byName, packages);
        packages.values().removeIf(Arguments.NONE::equals);
        return packages;
    }

    /** Of what the file knows and the workspace has not, nothing is said: such files are shared by workspaces. */
    private void read(
            YamlMap meta, String section, Map<String, RosPackage> known, SortedMap<String, Arguments> packages) {
        Optional<YamlNode> found = meta.find(section);
        if (found.isEmpty()) {
            return;
        }
        if (!(found.get() instanceof YamlMap named)) {
            refuse(found.get(), "\"" + section + "\" is no mapping of packages");
            return;
        }
        named.members().forEach((key, member) -> {
            RosPackage one = known.get(key.replaceFirst("^\\./", "").replaceFirst("/$", ""));
            if (one != null && member.value() instanceof YamlMap options) {
                packages.merge(one.name(), arguments(options), Arguments::and);
            }
        });
    }

    private Arguments arguments(YamlMap options) {
        options.members().forEach((name, member) -> {
            if (!name.endsWith("cmake-args") && !name.equals("mixin") && !WITHOUT_EFFECT.contains(name)) {
                leaveOut(name, member);
            }
        });
        return new Arguments(
                options.find("cmake-args").map(this::texts).orElse(List.of()),
                options.find("ament-cmake-args").map(this::texts).orElse(List.of()));
    }

    private void leaveOut(String name, YamlMap.Member member) {
        boolean isFlag = name.equals(SYMLINKS) || name.equals(MERGED);
        if (isFlag && member.value() instanceof YamlScalar flag && flag.truth().equals(Optional.of(false))) {
            return;
        }
        if (name.equals(SYMLINKS)) {
            if (!isPrebuilt()) {
                findings.add(member.key().place(symlinks()));
            }
        } else if (name.equals(MERGED)) {
            findings.add(member.key()
                    .place(Finding.note(
                            "RB414",
                            name + " is left out: every package has a folder of its own, so that a change moves one"
                                    + " layer")));
        } else {
            findings.add(member.key()
                    .place(Finding.warning("RB414", name + " is left out: it is not known what it changes")
                            .fix("say it in the package itself, with cmake-args, or take it out")));
        }
    }

    private static Finding symlinks() {
        return Finding.error(
                        "RB413",
                        SYMLINKS + " is refused: an image needs the files themselves, not links into the workspace")
                .fix(
                        "take it out of this file; for builds on your desk keep it in ~/.colcon/defaults.yaml, or in a file"
                                + " that COLCON_DEFAULTS_FILE names, of which no image is made, or write colcon build"
                                + " --symlink-install");
    }

    /** What was compiled elsewhere shows itself whether it has links. */
    private boolean isPrebuilt() {
        return EngineName.find(engine).equals(Optional.of(EngineName.PREBUILT));
    }

    private List<String> texts(YamlNode node) {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : node instanceof YamlList list ? list.items() : List.of(node)) {
            if (item instanceof YamlScalar text && !text.isNull() && text.text().indexOf('\0') < 0) {
                texts.add(text.text().strip());
            } else {
                refuse(item, item.describe() + " stands where colcon reads a list of words");
            }
        }
        return texts;
    }

    private void refuse(YamlNode node, String message) {
        findings.add(
                node.position().place(Finding.error("RB413", message).fix("write it as colcon's documentation does")));
    }
}
