package io.rosbalena.robot.locking;

import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.ArchivedDeb;
import io.rosbalena.apt.index.ArchiveRules;
import io.rosbalena.apt.index.IndexProof;
import io.rosbalena.apt.index.Snapshots;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedArchive;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.base.Bases;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Remembered;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.Transfer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Proves that the packages of a lock are those of signed indexes. The digests in a lock hold every download to what was
 * locked, but whoever writes the lock chooses the digests: a lock in a proposed change could name a package that no
 * archive ever had.
 */
public final class LockProof {
    private static final int TOLD = 10;

    /** No {@code InRelease} has as much; those of Ubuntu are below 1 MB. */
    private static final long LARGEST_RELEASE = 32L << 20;

    private static final String AGAIN =
            "make the lock anew with mvn rosbalena:lock, and look at who changed it: the archive never had this";

    private final Robot robot;
    private final Surroundings surroundings;
    private final String lockFile;
    private final boolean demanded;

    /** Proves for a robot; where its user demands the proof, archives are asked for what the store lacks. */
    public LockProof(Robot robot, Surroundings surroundings) {
        this.robot = robot;
        this.surroundings = surroundings;
        this.lockFile = robot.project().files().show(robot.project().files().lock());
        this.demanded = robot.project().apt().trust().verifyLock();
    }

    /**
     * Looks for the proof of every platform.
     *
     * @throws FindingException RB308 with every archive whose packages are not what it has; RB309, where the proof is
     *     demanded, with every archive without one
     */
    public void check(Lock lock) throws IOException {
        Findings findings = new Findings();
        for (Map.Entry<String, LockedPlatform> one : lock.platforms().entrySet()) {
            Platform platform = Platform.parse(one.getKey());
            try (Base base = Bases.locked(robot, one.getValue().base(), platform, surroundings)) {
                check(lock, one.getValue(), platform, base, findings);
            }
        }
        findings.throwIfErrors();
    }

    private void check(Lock lock, LockedPlatform locked, Platform platform, Base base, Findings findings)
            throws IOException {
        List<AptSource> sources = base.sources();
        ArchiveRules rules = RobotRules.of(robot.project(), base, new Findings());
        SortedMap<String, List<LockedPackage>> byArchive = new TreeMap<>();
        locked.packages()
                .forEach(one -> byArchive
                        .computeIfAbsent(one.archive(), id -> new ArrayList<>())
                        .add(one));
        IndexProof proof = new IndexProof(
                sources, rules, platform.architecture(), transfer(), surroundings.store(), surroundings.console());
        Remembered<Digest, Digest> memory = new Remembered<>(new LockProofStage(), surroundings.store());
        for (Map.Entry<String, List<LockedPackage>> one : byArchive.entrySet()) {
            LockedArchive archive = lock.archives().get(one.getKey());
            if (archive == null) {
                findings.add(wrong(one.getKey(), names(one.getValue()), "the lock does not say what this archive is"));
                continue;
            }
            IndexProof.Question question = question(ArchiveId.parse(one.getKey()), archive, one.getValue(), os(lock));
            Digest key = LockProofStage.key(question, sources, rules.snapshots().keyring(), platform);
            if (!archive.isUnsigned() && memory.find(key).isPresent()) {
                continue;
            }
            if (demanded && !archive.isUnsigned()) {
                for (Digest file : archive.states()) {
                    surroundings
                            .cache()
                            .document("an InRelease of the lock", file, LARGEST_RELEASE, surroundings.console());
                }
            }
            IndexProof.Answer answer = proof.prove(question);
            if (!answer.wrong().isEmpty()) {
                findings.add(wrong(
                        one.getKey(),
                        answer.wrong().stream()
                                .map(claim -> claim.name() + " " + claim.version())
                                .toList(),
                        "its signed indexes have no such package of this version, size and SHA-256"));
            } else if (answer.missing().isEmpty()) {
                memory.keep(key, question.signed().get(0));
            } else if (demanded) {
                findings.add(unproved(
                        one.getKey(), names(one.getValue()), answer.missing().get()));
            }
        }
    }

    /** What is not demanded is not worth a way to an archive. */
    private Transfer transfer() {
        return demanded
                ? surroundings.cache().before(surroundings.transfer(), surroundings.console())
                : new HttpTransfer(TransferSettings.standard().withOffline(true));
    }

    private static String os(Lock lock) {
        return Snapshots.os(
                lock.archives().values().stream().map(LockedArchive::origin).toList());
    }

    private static IndexProof.Question question(
            ArchiveId id, LockedArchive archive, List<LockedPackage> packages, String os) {
        return new IndexProof.Question(
                id,
                archive.isUnsigned() ? "" : archive.key(),
                archive.states(),
                date(archive),
                os,
                packages.stream()
                        .map(one -> new IndexProof.Claim(
                                one.name(),
                                one.version(),
                                one.arch(),
                                new ArchivedDeb(id, one.filename(), one.size(), one.sha256())))
                        .toList());
    }

    /** Only where to look depends on it: a lock that says nothing sensible is looked for nowhere. */
    private static Instant date(LockedArchive archive) {
        try {
            return Instant.parse(archive.date());
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private static List<String> names(List<LockedPackage> packages) {
        return packages.stream().map(one -> one.name() + " " + one.version()).toList();
    }

    private Finding wrong(String archive, List<String> packages, String why) {
        return Finding.error("RB308", "the lock has " + list(packages) + " from " + archive + ", but " + why)
                .at(lockFile)
                .fix(AGAIN);
    }

    private Finding unproved(String archive, List<String> packages, String why) {
        return Finding.error(
                        "RB309",
                        "it is not proved that " + list(packages) + " " + (packages.size() == 1 ? "is" : "are")
                                + " from " + archive + ": " + why)
                .at(lockFile)
                .fix(
                        "see that a source leads to the archive and trusts its key; where it has moved on, make the lock"
                                + " anew with mvn rosbalena:lock, or build without -Drosbalena.verifyLock a lock that you trust");
    }

    private static String list(List<String> packages) {
        return packages.stream().limit(TOLD).collect(Collectors.joining(", "))
                + (packages.size() > TOLD ? " and " + (packages.size() - TOLD) + " more packages" : "");
    }
}
