package io.rosbalena.robot.sbom;

import io.rosbalena.image.Image;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedArchive;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.robot.wheel.WheelRelations;
import io.rosbalena.sbom.Bom;
import io.rosbalena.sbom.Component;
import io.rosbalena.sbom.OperatingSystem;
import io.rosbalena.sbom.PackageUrl;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Remembered;
import io.rosbalena.workspace.source.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the bill of materials of each service that is built. */
public final class ServiceBoms {
    private final Robot robot;
    private final SortedMap<String, LockedArchive> archives;
    private final SortedMap<String, SourceTree> sources;
    private final SystemState states;
    private final Surroundings surroundings;
    private final Remembered<Digest, BomStage.Document> memory;

    /**
     * @param lock names the archives
     * @param sources of the packages that are compiled
     * @param states tells the facts of packages
     */
    public ServiceBoms(
            Robot robot,
            Lock lock,
            SortedMap<String, SourceTree> sources,
            SystemState states,
            Surroundings surroundings) {
        this.robot = robot;
        this.archives = lock.archives();
        this.sources = sources;
        this.states = states;
        this.surroundings = surroundings;
        this.memory = new Remembered<>(new BomStage(), surroundings.store(), surroundings.results());
    }

    /**
     * The documents of a platform's services, kept in the store.
     *
     * @param locked what stands in the images
     * @param images by service
     */
    public SortedMap<String, Digest> write(
            Platform platform, LockedPlatform locked, Base base, SortedMap<String, Image> images)
            throws IOException, InterruptedException {
        SortedMap<String, Digest> documents = new TreeMap<>();
        List<RobotService> missing = new ArrayList<>();
        for (RobotService service : robot.services()) {
            Optional<BomStage.Document> known = memory.find(key(service, locked, base, images));
            if (known.isPresent()) {
                documents.put(service.name(), known.get().digest());
            } else {
                missing.add(service);
            }
        }
        if (missing.isEmpty()) {
            return documents;
        }
        ImageDebs debs = ImageDebs.on(base, states);
        WheelComponents wheels = new WheelComponents(
                WheelRelations.read(robot.project(), locked, platform, base, surroundings), surroundings.store());
        for (RobotService service : missing) {
            byte[] document = bom(service, locked, base, image(images, service), debs, wheels)
                    .cycloneDx();
            Digest digest = surroundings.store().put(document);
            memory.keep(key(service, locked, base, images), new BomStage.Document(digest, document.length));
            documents.put(service.name(), digest);
        }
        return documents;
    }

    private Digest key(RobotService service, LockedPlatform locked, Base base, SortedMap<String, Image> images) {
        return BomKey.of(robot, service, locked, archives, sources, base, image(images, service));
    }

    private static Image image(SortedMap<String, Image> images, RobotService service) {
        return Optional.ofNullable(images.get(service.name())).orElseThrow();
    }

    private Bom bom(
            RobotService service, LockedPlatform locked, Base base, Image image, ImageDebs debs, WheelComponents wheels)
            throws IOException, InterruptedException {
        List<LockedPackage> packages = locked.members(service.name());
        Optional<OperatingSystem> system = OperatingSystem.parse(debs.osRelease(packages));
        Parts parts = new Parts();
        new DebComponents(system.orElseGet(() -> nameless(packages)), archives).addTo(parts, debs.with(packages));
        new WorkspaceComponents(robot, sources).addTo(parts, service);
        wheels.addTo(parts, locked.wheels(service.name()));
        return Bom.of(component(service, image, base), system, parts.components(), parts.wanted(), parts.needs());
    }

    /** A system without os-release: as its packages' archive calls itself. */
    private OperatingSystem nameless(List<LockedPackage> packages) {
        return packages.stream()
                .flatMap(one -> Optional.ofNullable(archives.get(one.archive())).stream())
                .map(archive -> archive.origin().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-"))
                .filter(origin -> !origin.isEmpty())
                .findFirst()
                .map(origin -> new OperatingSystem(origin, ""))
                .orElse(new OperatingSystem("debian", ""));
    }

    /** By the definition of the type {@code oci}: the name's last part, and the manifest's digest as its version. */
    private Component component(RobotService service, Image image, Base base) {
        SortedMap<String, String> qualifiers = new TreeMap<>();
        qualifiers.put("arch", image.platform().architecture());
        String name = service.name().toLowerCase(Locale.ROOT);
        SortedMap<String, String> properties = new TreeMap<>();
        base.locked().manifest().ifPresent(manifest -> properties.put("rosbalena:base", manifest.toString()));
        return new Component(
                Component.Kind.CONTAINER,
                robot.project().name() + "/" + service.name(),
                image.manifest().toString(),
                new PackageUrl("oci", "", name, image.manifest().toString(), qualifiers).toString(),
                Optional.of(image.manifest()),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                properties);
    }
}
