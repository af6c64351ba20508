package io.rosbalena.rosdep;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is read to resolve keys, in this order; of two rules for one key and one operating system the first counts.
 *
 * @param overlays files of the workspace
 * @param databases rosdep databases
 * @param index the rosdistro index that names the distribution's list of releases
 * @param distro name of the ROS distribution
 */
public record RosdepSources(
        List<RosdepSource> overlays, List<RosdepSource> databases, Optional<RosdepSource> index, String distro) {
    // Where the official sources.list.d of rosdep points to.
    private static final String ROSDISTRO = "https://raw.githubusercontent.com/ros/rosdistro/";

    public RosdepSources {
        overlays = List.copyOf(overlays);
        databases = List.copyOf(databases);
        if (distro.isEmpty()) {
            throw new IllegalArgumentException("no ROS distribution");
        }
    }

    /** The official databases at a tag of ros/rosdistro, for example {@code humble/2026-08-07}. */
    public static RosdepSources official(String distro, String tag) {
        List<RosdepSource> databases = Stream.of("base", "python", "ruby")
                .map(name -> file(tag, "rosdep/" + name + ".yaml"))
                .toList();
        return new RosdepSources(List.of(), databases, Optional.of(file(tag, "index-v4.yaml")), distro);
    }

    private static RosdepSource file(String tag, String path) {
        String address = ROSDISTRO + tag + "/" + path;
        return new RosdepSource(address, URI.create(address), Set.of());
    }

    /** The same with these files of the workspace in front. */
    public RosdepSources withOverlays(List<RosdepSource> files) {
        return new RosdepSources(files, databases, index, distro);
    }

    /** The same with these databases in place of the official ones. */
    public RosdepSources withDatabases(List<RosdepSource> files) {
        return new RosdepSources(overlays, files, index, distro);
    }

    /** The same with this index. */
    public RosdepSources withIndex(RosdepSource file) {
        return new RosdepSources(overlays, databases, Optional.of(file), distro);
    }

    /** The overlays of a project: {@code rosdep/*.yaml}, sorted by name. */
    public static List<RosdepSource> overlays(Path project) throws IOException {
        Path folder = project.resolve("rosdep");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<RosdepSource> overlays = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.yaml")) {
            for (Path file : files) {
                overlays.add(new RosdepSource("rosdep/" + file.getFileName(), file.toUri(), Set.of()));
            }
        }
        overlays.sort(Comparator.comparing(RosdepSource::name));
        return overlays;
    }
}
