package io.rosbalena.robot.sbom;

import io.rosbalena.image.Image;
import io.rosbalena.lock.LockedArchive;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.workspace.source.SourceTree;
import java.util.Optional;
import java.util.SortedMap;

/** Digests everything that the bill of materials of an image depends on. */
final class BomKey {
    private BomKey() {}

    /**
     * The key of one service.
     *
     * @param archives by the id that packages name
     * @param sources of the packages that are compiled; a package's {@code package.xml} is one of its files
     */
    static Digest of(
            Robot robot,
            RobotService service,
            LockedPlatform locked,
            SortedMap<String, LockedArchive> archives,
            SortedMap<String, SourceTree> sources,
            Base base,
            Image image) {
        KeyBuilder key = new KeyBuilder()
                .add("project", robot.project().name())
                .add("service", service.name())
                .add("image", image.manifest())
                .add("platform", image.platform().toString())
                .add("base", base.locked().manifest().map(Digest::hex).orElse(""))
                .add("own", service.own())
                .add("dependencyTypes", robot.project().rosdep().dependencyTypes())
                .add("packages", locked.members(service.name()))
                .add("wheels", locked.wheels(service.name()))
                .add(
                        "python",
                        locked.packages().stream()
                                .filter(one -> one.name().startsWith("python3"))
                                .toList());
        archives.forEach((id, archive) -> key.add("archive " + id, DebComponents.name(archive)));
        for (String name : service.packages()) {
            key.add("package", name)
                    .add(
                            "source",
                            Optional.ofNullable(sources.get(name))
                                    .map(source -> source.digest().hex())
                                    .orElse(""));
            key.add("needs", WorkspaceComponents.needs(robot, name));
        }
        return key.build();
    }
}
