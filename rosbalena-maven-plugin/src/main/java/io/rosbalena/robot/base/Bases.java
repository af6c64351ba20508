package io.rosbalena.robot.base;

import io.rosbalena.apt.index.Snapshots;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.image.ArchiveSource;
import io.rosbalena.image.BaseImage;
import io.rosbalena.image.BaseImages;
import io.rosbalena.image.ImageViews;
import io.rosbalena.image.LayoutSource;
import io.rosbalena.image.ManifestSource;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.LockedBase;
import io.rosbalena.registry.ImageName;
import io.rosbalena.registry.RegistrySource;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens what images stand on: the parameter {@code from}. */
public final class Bases {
    private static final String LAYOUT = "oci:";
    private static final String ARCHIVE = "tar:";

    private final RobotProject project;
    private final Surroundings surroundings;
    private final String from;
    private final Snapshots snapshots;

    private Bases(Robot robot, Surroundings surroundings) throws IOException {
        this.project = robot.project();
        this.snapshots = RobotSnapshots.of(robot);
        this.surroundings = surroundings;
        this.from = project.target().from().orElse("ros:" + robot.rosDistro() + "-ros-core");
    }

    /** The base as its source has it now. */
    public static Base now(Robot robot, Platform platform, Surroundings surroundings) throws IOException {
        Bases bases = new Bases(robot, surroundings);
        if (bases.from.equals(Base.APT)) {
            return new AssembledBase(robot.project(), bases.snapshots);
        }
        try (ManifestSource source = bases.source(Optional.empty())) {
            return bases.open(bases.read(source, platform));
        }
    }

    /**
     * The base that a lock names, if the same one is asked for now: a tag of a registry leads elsewhere every few weeks, and
     * only locking anew follows it. Else the base as its source has it now.
     */
    public static Base kept(Robot robot, Optional<LockedBase> before, Platform platform, Surroundings surroundings)
            throws IOException {
        Bases bases = new Bases(robot, surroundings);
        boolean here = bases.from.startsWith(LAYOUT) || bases.from.startsWith(ARCHIVE);
        Optional<LockedBase> same = before.filter(base -> !here && base.from().equals(bases.from));
        return same.isPresent()
                ? locked(robot, same.get(), platform, surroundings)
                : now(robot, platform, surroundings);
    }

    /** The base that the lock names; its source is asked only for what the store lacks. */
    public static Base locked(Robot robot, LockedBase locked, Platform platform, Surroundings surroundings)
            throws IOException {
        Bases bases = new Bases(robot, surroundings);
        if (locked.manifest().isEmpty()) {
            return new AssembledBase(robot.project(), bases.snapshots);
        }
        Digest manifest = locked.manifest().get();
        Optional<BaseImage> known = bases.images().find(manifest, platform, surroundings.console());
        if (known.isPresent()) {
            return bases.open(known.get());
        }
        try (ManifestSource source = bases.source(Optional.of(manifest))) {
            BaseImage image = bases.read(source, platform);
            if (!image.manifest().equals(manifest)) {
                throw FindingException.input(Finding.error(
                                "RB725",
                                "the base " + bases.from + " is now " + image.manifest() + ", the lock has " + manifest)
                        .at(robot.project().files().show(robot.project().files().lock()))
                        .fix("bring the base back, or run mvn rosbalena:lock"));
            }
            return bases.open(image);
        }
    }

    private BaseImages images() {
        return new BaseImages(surroundings.store());
    }

    /** Reads the base; where it is at fault, the POM is the place that names it. */
    private BaseImage read(ManifestSource source, Platform platform) throws IOException {
        try {
            return images().read(source, platform, surroundings.console());
        } catch (FindingException e) {
            throw new FindingException(
                    e.kind(),
                    e.findings().stream().map(finding -> finding.at("pom.xml")).toList(),
                    e);
        }
    }

    private Base open(BaseImage image) throws IOException {
        return new ImageBase(
                project,
                snapshots,
                from,
                image,
                new ImageViews(surroundings.store()).open(image.layers(), surroundings.console()));
    }

    private ManifestSource source(Optional<Digest> manifest) {
        return new CachedSource(origin(manifest), manifest, surroundings);
    }

    private ManifestSource origin(Optional<Digest> manifest) {
        if (from.startsWith(LAYOUT)) {
            Place place = place(from.substring(LAYOUT.length()));
            return new LayoutSource(place.file(), place.name());
        }
        if (from.startsWith(ARCHIVE)) {
            Place place = place(from.substring(ARCHIVE.length()));
            return new ArchiveSource(place.file(), place.name(), surroundings.store());
        }
        String reference = from.startsWith("registry:") ? from.substring("registry:".length()) : from;
        ImageName name = ImageName.parse(reference);
        return new RegistrySource(
                surroundings.registries(), manifest.map(name::at).orElse(name), surroundings.store());
    }

    /** A folder or an archive, and the name of an image in it where one is given. */
    private record Place(Path file, Optional<String> name) {}

    private Place place(String text) {
        int hash = text.indexOf('#');
        Path file = project.files()
                .directory()
                .resolve(hash < 0 ? text : text.substring(0, hash))
                .normalize();
        return new Place(file, hash < 0 ? Optional.empty() : Optional.of(text.substring(hash + 1)));
    }
}
