package io.rosbalena.robot.locking;

import io.rosbalena.apt.Archive;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.lock.LockedArchive;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Notices archives that went back in time: signed files stay signed, so whoever sits between can show an earlier state with
 * holes that are mended since.
 */
final class Replay {
    private Replay() {}

    /**
     * Compares archives with those of the lock before.
     *
     * @throws io.rosbalena.finding.FindingException RB311 with every archive that is older than it was
     */
    static void refuse(Collection<Archive> now, SortedMap<String, LockedArchive> before, String lockFile) {
        Findings findings = new Findings();
        for (Archive archive : now) {
            Optional<Instant> then =
                    Optional.ofNullable(before.get(archive.id().toString())).flatMap(Replay::date);
            // The file of an unsigned archive that has no date is made with this one.
            if (!archive.date().equals(Instant.EPOCH)
                    && then.filter(archive.date()::isBefore).isPresent()) {
                findings.add(Finding.error(
                                "RB311",
                                "the Release file of " + archive.id() + " was made at " + archive.date()
                                        + ", before that of the lock, " + then.get())
                        .at(lockFile)
                        .fix(
                                "the mirror stands still, or somebody shows an earlier state: use another one, or try later;"
                                        + " to go back on purpose name the moment as <snapshotDate>"));
            }
        }
        findings.throwIfErrors();
    }

    private static Optional<Instant> date(LockedArchive archive) {
        try {
            return Optional.of(Instant.parse(archive.date()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
