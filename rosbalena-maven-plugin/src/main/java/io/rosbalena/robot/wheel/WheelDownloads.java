package io.rosbalena.robot.wheel;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.SharedBlob;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.Digest;
import io.rosbalena.wheel.index.IndexFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Brings locked wheels into the store. The lock knows them by name and digest, not by where they are; any index that has
 * the file will do.
 */
public final class WheelDownloads {
    private WheelDownloads() {}

    /**
     * Fetches what the store lacks; asks no index if it lacks nothing.
     *
     * @return wheels that were made from sources and are not there; their sources are, from now on
     * @throws FindingException RB297 with every wheel that no index has any more, or has with other bytes
     */
    public static List<LockedWheel> ensure(
            Collection<LockedWheel> wheels, RobotProject project, Surroundings surroundings) throws IOException {
        surroundings
                .cache()
                .bring(
                        wheels.stream()
                                .map(one -> new SharedBlob(one.filename(), one.sha256(), one.size()))
                                .toList(),
                        surroundings.console());
        List<LockedWheel> missing = new ArrayList<>();
        for (LockedWheel one : wheels) {
            if (!surroundings.store().has(one.sha256(), one.size())) {
                missing.add(one);
            }
        }
        if (missing.isEmpty()) {
            return List.of();
        }
        Findings findings = new Findings();
        List<LockedWheel> toMake = new ArrayList<>();
        WheelSupply supply = new WheelSupply(
                PipIndexes.of(project, missing.get(0).filename() + " of the lock"), surroundings, Optional.empty());
        for (LockedWheel one : missing) {
            Digest wanted = one.source().map(LockedWheel.Source::sha256).orElse(one.sha256());
            String filename = one.source().map(LockedWheel.Source::filename).orElse(one.filename());
            one.source().ifPresent(source -> toMake.add(one));
            if (surroundings.store().has(wanted)) {
                continue;
            }
            Optional<IndexFile> file = supply.any(one.name()).stream()
                    .filter(offered -> offered.sha256().equals(wanted))
                    .findFirst();
            if (file.isPresent()) {
                supply.ensure(file.get());
            } else {
                findings.add(Finding.error(
                                "RB297",
                                "no index has " + filename + " with the digest that was locked"
                                        + supply.searched(one.name()))
                        .fix("add the index that has it to <pipIndexes>, or run mvn rosbalena:lock, which takes what is"
                                + " there now"));
            }
        }
        if (!findings.all().isEmpty()) {
            throw new FindingException(FindingException.Kind.ENVIRONMENT, findings.all());
        }
        return toMake;
    }
}
