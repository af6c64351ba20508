package io.rosbalena.robot.publishing;

import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.ManifestEmitter;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.DockerArchive;
import io.rosbalena.image.Platform;
import io.rosbalena.image.StoredImage;
import io.rosbalena.robot.building.Building;
import io.rosbalena.robot.building.BuiltRobot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.ByteCount;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Bundling: one file that carries images and manifest to a robot without network. It is the archive that every container
 * engine loads, with the manifest and a text in front; what images share stands in it once.
 */
public final class Bundling {
    private static final String MANIFEST = "docker-compose.yml";
    private static final String INFIX = ".bundle.tar";

    private final RobotProject project;
    private final Surroundings surroundings;

    private Bundling(RobotProject project, Surroundings surroundings) {
        this.project = project;
        this.surroundings = surroundings;
    }

    /**
     * Builds what is not built and writes a bundle for each platform. The same images give the same bytes.
     *
     * @return the lines to print: the files, and how each is installed
     */
    public static List<String> write(RobotProject project, Surroundings surroundings)
            throws IOException, InterruptedException {
        BuiltRobot built = Building.built(project, surroundings);
        Bundling bundling = new Bundling(project, surroundings);
        List<String> lines = new ArrayList<>();
        for (Map.Entry<Platform, Map<String, Digest>> platform : built.images().entrySet()) {
            String infix = built.images().size() > 1 ? "-" + platform.getKey().architecture() : "";
            lines.addAll(bundling.write(
                    project.name() + "-" + project.version() + infix + INFIX,
                    manifest(built, platform.getKey()),
                    platform.getValue()));
        }
        return lines;
    }

    private static Path manifest(BuiltRobot built, Platform platform) {
        return built.outcome()
                .otherManifests()
                .getOrDefault(platform.architecture(), built.outcome().manifest());
    }

    private List<String> write(String name, Path manifest, Map<String, Digest> images) throws IOException {
        SortedMap<String, String> names = names(images.keySet());
        List<DockerArchive.Item> items = new ArrayList<>();
        for (Map.Entry<String, Digest> image : new TreeMap<>(images).entrySet()) {
            items.add(new DockerArchive.Item(
                    StoredImage.read(image.getValue(), surroundings.store()),
                    List.of(names.getOrDefault(image.getKey(), ""))));
        }
        BundleText text = new BundleText(project.name(), project.version(), name, names);
        DockerArchive archive = DockerArchive.of(items, Set.of(), surroundings.store())
                .behind(List.of(
                        Entry.file(TreePath.parse("README"), 0644, text.readme().getBytes(StandardCharsets.UTF_8)),
                        Entry.file(TreePath.parse(MANIFEST), 0644, ManifestEmitter.emit(model(manifest), names))));
        Path file = project.files().output().resolve(name);
        write(archive, file);
        List<String> lines = new ArrayList<>();
        lines.add(project.files().show(file) + ", " + ByteCount.show(archive.size()) + ", " + archive.layers()
                + " layers; bring it to the robot and type there:");
        text.commands().forEach(command -> lines.add("  " + command));
        return lines;
    }

    /** A tag, since an engine knows no manifest's digest of what it has loaded. */
    private SortedMap<String, String> names(Set<String> services) {
        String tag = project.version().replaceAll("[^A-Za-z0-9_.-]", "_").replaceFirst("^[.-]", "_");
        SortedMap<String, String> names = new TreeMap<>();
        services.forEach(
                service -> names.put(service, ManifestEmitter.repository(project.name(), service) + ":" + tag));
        return names;
    }

    private static ComposeModel model(Path manifest) throws IOException {
        Findings findings = new Findings();
        ComposeModel model = ComposeFile.parse(manifest.toString(), Files.readAllBytes(manifest), Map.of(), findings);
        findings.throwIfErrors();
        return model;
    }

    private static void write(DockerArchive archive, Path file) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
                archive.write(out);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
