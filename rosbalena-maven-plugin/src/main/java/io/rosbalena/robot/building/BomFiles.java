package io.rosbalena.robot.building;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.image.Platform;
import io.rosbalena.store.AtomicFile;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The files of bills of materials in {@code target/rosbalena/sbom}. */
final class BomFiles {
    /** The ending of CycloneDX. */
    private static final String ENDING = ".cdx.json";

    private BomFiles() {}

    /**
     * Names them: {@code SERVICE.cdx.json} for the first platform, {@code SERVICE.ARCHITECTURE.cdx.json} for the others.
     *
     * @throws FindingException RB260 if that is the name of another service's, too
     */
    static Map<String, Digest> named(List<Platform> platforms, Map<Platform, SortedMap<String, Digest>> boms) {
        Map<String, Digest> named = new LinkedHashMap<>();
        for (Platform platform : platforms) {
            String suffix = platform.equals(platforms.get(0)) ? "" : "." + platform.architecture();
            for (Map.Entry<String, Digest> bom :
                    boms.getOrDefault(platform, Collections.emptySortedMap()).entrySet()) {
                String name = bom.getKey() + suffix + ENDING;
                if (named.put(name, bom.getValue()) != null) {
                    throw FindingException.input(
                            Finding.error("RB260", "two services have a bill of materials of the name sbom/" + name)
                                    .fix("give the service " + bom.getKey() + suffix + " another name")
                                    .inService(bom.getKey()));
                }
            }
        }
        return named;
    }

    /** Writes them, and removes those of services that are gone. */
    static void write(Path folder, Map<String, Digest> boms, BlobStore store) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, Digest> bom : boms.entrySet()) {
            AtomicFile.writeIfChanged(folder.resolve(bom.getKey()), store.bytes(bom.getValue()));
        }
        List<Path> there;
        try (Stream<Path> found = Files.list(folder)) {
            there = found.toList();
        }
        for (Path file : there) {
            String name = file.getFileName().toString();
            if (name.endsWith(ENDING) && !boms.containsKey(name)) {
                Files.delete(file);
            }
        }
    }
}
