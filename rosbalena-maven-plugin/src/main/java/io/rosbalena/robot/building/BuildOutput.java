package io.rosbalena.robot.building;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Severity;
import io.rosbalena.image.Image;
import io.rosbalena.image.ImageManifest;
import io.rosbalena.image.Layer;
import io.rosbalena.image.OciLayout;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.LockFile;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.symbols.DebugFolder;
import io.rosbalena.store.AtomicFile;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What stands in {@code target/rosbalena} after a build: first kept in the store, then written from there. */
final class BuildOutput {
    private BuildOutput() {}

    /**
     * Keeps manifests and report of a build in the store.
     *
     * @param boms digest of each service's bill of materials, by platform; the store has them
     * @param debug the archive of each platform's debug files, if it has some
     */
    static BuildStage.Built keep(
            Robot robot,
            LockFile lock,
            Manifest manifest,
            Map<Platform, SortedMap<String, Image>> images,
            Map<Platform, List<OciLayout.Entry>> foreign,
            Map<Platform, SortedMap<String, Digest>> boms,
            Map<Platform, Layer> debug,
            List<Finding> findings,
            BlobStore store)
            throws IOException {
        Map<String, Map<String, Digest>> digests = new LinkedHashMap<>();
        Map<String, Digest> manifests = new LinkedHashMap<>();
        Map<Digest, Long> blobs = new LinkedHashMap<>();
        for (Platform platform : robot.platforms()) {
            Map<String, Digest> ofPlatform = new TreeMap<>();
            images.getOrDefault(platform, new TreeMap<>())
                    .forEach((service, image) -> ofPlatform.put(service, image.manifest()));
            foreign.getOrDefault(platform, List.of()).forEach(entry -> ofPlatform.put(entry.name(), entry.manifest()));
            for (Digest image : ofPlatform.values()) {
                ImageManifest parsed = ImageManifest.parse(store.bytes(image));
                blobs.put(image, store.size(image));
                blobs.put(parsed.config().digest(), parsed.config().size());
                parsed.layers().forEach(layer -> blobs.put(layer.digest(), layer.size()));
            }
            digests.put(platform.toString(), ofPlatform);
            Digest composed = store.put(manifest.bytes(robot.project().name(), ofPlatform));
            manifests.put(platform.toString(), composed);
            blobs.put(composed, store.size(composed));
        }
        SortedMap<Platform, SortedMap<String, Image>> sorted =
                new TreeMap<>(java.util.Comparator.comparing(Platform::toString));
        sorted.putAll(images);
        Digest report = store.put(BuildReport.write(robot, lock.digest(), sorted, foreign, findings, store));
        blobs.put(report, store.size(report));
        Map<String, Digest> named = BomFiles.named(robot.platforms(), boms);
        for (Digest bom : named.values()) {
            blobs.put(bom, store.size(bom));
        }
        Map<String, Digest> archives = new LinkedHashMap<>();
        debug.forEach((platform, archive) -> {
            boolean isFirst = platform.equals(robot.platforms().get(0));
            archives.put(DebugFolder.classifier(isFirst, platform.architecture()), archive.digest());
            blobs.put(archive.digest(), archive.compressedSize());
        });
        int warnings = (int) findings.stream()
                .filter(finding -> finding.severity() == Severity.WARNING)
                .count();
        return new BuildStage.Built(digests, manifests, named, archives, report, warnings, blobs);
    }

    /** Writes the files of a build; those that are as they should be are left alone. */
    static BuiltRobot write(Robot robot, BuildStage.Built built, BlobStore store) throws IOException {
        Path output = robot.project().files().output();
        Files.createDirectories(output);
        List<OciLayout.Entry> entries = new ArrayList<>();
        Map<Platform, Map<String, Digest>> images = new LinkedHashMap<>();
        SortedMap<String, Path> others = new TreeMap<>();
        Path main = output.resolve("docker-compose.yml");
        for (int i = 0; i < robot.platforms().size(); i++) {
            Platform platform = robot.platforms().get(i);
            Map<String, Digest> ofPlatform = built.images().getOrDefault(platform.toString(), Map.of());
            images.put(platform, ofPlatform);
            ofPlatform.forEach((service, digest) -> entries.add(new OciLayout.Entry(service, platform, digest)));
        }
        new OciLayout(output.resolve("images")).write(entries, store);
        int number = 0;
        for (Map.Entry<String, Digest> manifest : built.manifests().entrySet()) {
            String architecture = Platform.parse(manifest.getKey()).architecture();
            Path file = number++ == 0 ? main : output.resolve("docker-compose." + architecture + ".yml");
            AtomicFile.writeIfChanged(file, store.bytes(manifest.getValue()));
            if (!file.equals(main)) {
                others.put(architecture, file);
            }
        }
        BomFiles.write(output.resolve("sbom"), built.boms(), store);
        AtomicFile.writeIfChanged(output.resolve("build.json"), store.bytes(built.report()));
        SortedMap<String, Path> debug = new DebugFolder(robot.project()).write(built.debug(), store);
        return new BuiltRobot(new BuildOutcome(main, others, debug, output.resolve("images")), images);
    }
}
