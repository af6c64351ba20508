package io.rosbalena.apt.index;

import io.rosbalena.apt.Archive;
import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.Transfer;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens the archives that sources name: the way from source files to candidates. */
public final class AptRepositories {
    /** So long before a key ends the user is warned. */
    private static final Duration KEY_WARNING = Duration.ofDays(60);

    private final String architecture;
    private final BlobStore store;
    private final Clock clock;
    private final ReleaseFiles files;
    private final ReleaseReader releases;
    private final IndexReader indexes;

    private final ArchiveRules rules;

    private AptRepositories(
            ArchiveRules rules,
            String architecture,
            Transfer transfer,
            BlobStore store,
            Clock clock,
            KeptReleases kept,
            Progress progress) {
        this.architecture = architecture;
        this.store = store;
        this.clock = clock;
        this.rules = rules;
        this.files = new ReleaseFiles(transfer, rules, architecture);
        this.releases = new ReleaseReader(files, store, clock, rules, kept);
        this.indexes = new IndexReader(transfer, store, progress);
    }

    /** The same with nothing allowed beyond the sources. */
    public static CandidateTable open(
            List<AptSource> sources,
            String architecture,
            Transfer transfer,
            BlobStore store,
            Clock clock,
            Progress progress)
            throws IOException {
        return open(sources, ArchiveRules.NONE, architecture, transfer, store, clock, List.of(), progress);
    }

    /**
     * Reads the signed indexes of all sources that serve an architecture.
     *
     * @param rules what is allowed and asked beyond the sources
     * @param architecture in Debian's words, {@code amd64} or {@code arm64}
     * @param clock tells which keys and files are out of date
     * @param kept digests of {@code InRelease} files of the store, which stand in for archives that do not answer; one counts
     *     if a key of the source signed it
     * @throws FindingException with everything that is wrong with the sources, at once
     * @throws IOException if the store cannot be read
     */
    public static CandidateTable open(
            List<AptSource> sources,
            ArchiveRules rules,
            String architecture,
            Transfer transfer,
            BlobStore store,
            Clock clock,
            Collection<Digest> kept,
            Progress progress)
            throws IOException {
        KeptReleases files = new KeptReleases(kept, store);
        return new AptRepositories(rules, architecture, transfer, store, clock, files, progress).open(sources);
    }

    /**
     * Finds out which archives the sources lead to, by what the archives say of themselves: for fetching packages whose
     * digests are known already. A source that does not answer is passed over; what it would have led to is missing.
     *
     * @param architecture in Debian's words
     * @return for each archive the roots, ending with a slash, where its packages lie
     * @throws IOException if the store cannot be read
     */
    public static Map<ArchiveId, List<URI>> locate(
            List<AptSource> sources, String architecture, Transfer transfer, BlobStore store) throws IOException {
        ReleaseReader reader = new ReleaseReader(
                new ReleaseFiles(transfer, ArchiveRules.NONE, architecture),
                store,
                Clock.systemUTC(),
                ArchiveRules.NONE,
                new KeptReleases(List.of(), store));
        Outcomes<Map.Entry<Repository, Release>> found = Outcomes.of(
                Repository.of(sources, architecture),
                repository -> Map.entry(repository, reader.readUnverified(repository)));
        Map<ArchiveId, List<URI>> locations = new LinkedHashMap<>();
        for (Map.Entry<Repository, Release> entry : found.values()) {
            Repository repository = entry.getKey();
            for (String component : repository.components()) {
                add(locations, entry.getValue().archive(repository, component), repository.root());
            }
        }
        return locations;
    }

    private static void add(Map<ArchiveId, List<URI>> locations, ArchiveId archive, URI root) {
        List<URI> known = locations.computeIfAbsent(archive, id -> new ArrayList<>());
        if (!known.contains(root)) {
            known.add(root);
        }
    }

    private CandidateTable open(List<AptSource> sources) throws IOException {
        List<Repository> repositories = Repository.of(sources, architecture);
        if (repositories.isEmpty()) {
            throw FindingException.input(Finding.error("RB202", "no apt source serves the architecture " + architecture)
                    .fix("name sources in <aptSources>"));
        }
        List<Finding> notes = new ArrayList<>(Unsigned.unknown(rules, sources));
        Outcomes<IndexReader.Indexes> read = rules.snapshots().date().isPresent()
                ? past(repositories, rules.snapshots().date().get(), notes)
                : present(repositories, notes);
        if (read.values().isEmpty()) {
            throw FindingException.input(
                    Finding.error("RB202", "only archives of third parties serve the architecture " + architecture)
                            .fix("name sources in <aptSources>"));
        }
        return table(read.values(), notes);
    }

    private Outcomes<IndexReader.Indexes> present(List<Repository> repositories, List<Finding> notes) {
        ThirdParties.Sorted sorted = ThirdParties.sort(Outcomes.of(repositories, releases::read));
        notes.addAll(sorted.notes());
        notes.addAll(releases.notes());
        List<Outcomes.Failure> failures = sorted.failures();
        boolean nobodyAnswers = sorted.releases().stream().allMatch(one -> releases.wasSilent(one.repository()));
        if (nobodyAnswers && !sorted.releases().isEmpty()) {
            failures = withoutUnused(failures, notes);
        }
        Outcomes<IndexReader.Indexes> read =
                Outcomes.of(sorted.releases(), release -> indexes.read(release, architecture, releases::read));
        Outcomes.throwFailures(failures, read.failures());
        return read;
    }

    /**
     * Without network all archives are as they were when the lock was made, and those of which it has nothing are left out.
     * While others answer, one that does not could hide its updates.
     */
    private List<Outcomes.Failure> withoutUnused(List<Outcomes.Failure> failures, List<Finding> notes) {
        List<Outcomes.Failure> rest = new ArrayList<>();
        for (Outcomes.Failure failure : failures) {
            Repository repository = (Repository) failure.input();
            if (releases.wasSilent(repository)) {
                notes.add(repository
                        .source()
                        .place(Finding.warning(
                                        "RB314",
                                        failure.cause().findings().get(0).message()
                                                + "; the lock has nothing from there, so that it is left out")
                                .fix("build again when archives answer, if something from there is wanted")));
            } else {
                rest.add(failure);
            }
        }
        return rest;
    }

    private Outcomes<IndexReader.Indexes> past(List<Repository> repositories, SnapshotDate date, List<Finding> notes) {
        if (date.instant().isAfter(clock.instant())) {
            throw FindingException.input(
                    Finding.error("RB259", "<snapshotDate> " + date.stamp() + " lies in the future")
                            .at("pom.xml")
                            .fix("take a moment of the past: what a service has for the future changes"));
        }
        SnapshotReader reader = new SnapshotReader(rules.snapshots(), date, files, releases, store);
        ThirdParties.Sorted sorted = ThirdParties.sort(Outcomes.of(repositories, reader::recognise));
        List<SignedRelease> today = sorted.releases();
        notes.addAll(sorted.notes());
        notes.addAll(reader.unknown(today));
        Outcomes<IndexReader.Indexes> read = Outcomes.of(today, one -> {
            SignedRelease then = reader.read(one, today);
            return indexes.read(then, architecture, repository -> reader.read(one, today));
        });
        Outcomes.throwFailures(sorted.failures(), read.failures());
        return read;
    }

    private CandidateTable table(List<IndexReader.Indexes> read, List<Finding> notes) throws IOException {
        List<PackageIndex> packages = new ArrayList<>();
        Map<ArchiveId, Archive> archives = new LinkedHashMap<>();
        Map<ArchiveId, List<URI>> locations = new LinkedHashMap<>();
        for (IndexReader.Indexes suite : read) {
            SignedRelease signed = suite.signed();
            Unsigned.warning(signed).ifPresent(notes::add);
            warnOfKey(signed).ifPresent(notes::add);
            for (IndexReader.Indexes.Part part : suite.extracts()) {
                add(locations, part.archive(), signed.repository().root());
                archives.putIfAbsent(part.archive(), archive(part.archive(), signed));
                packages.add(new PackageIndex(part.archive(), part.file(), store.bytes(part.extract())));
            }
        }
        return new CandidateTable(architecture, packages, rules.preferences(), archives, locations, notes);
    }

    private static Archive archive(ArchiveId id, SignedRelease signed) {
        Signer signer = signed.signer();
        return new Archive(
                id,
                signer.fingerprint(),
                signer.expires(),
                signed.digest(),
                signed.release().date());
    }

    private Optional<Finding> warnOfKey(SignedRelease signed) {
        Instant soon = clock.instant().plus(KEY_WARNING);
        boolean past = rules.snapshots().date().isPresent();
        return signed.signer()
                .expires()
                .filter(end -> !past)
                .filter(soon::isAfter)
                .map(end -> signed.repository()
                        .source()
                        .place(Finding.warning(
                                        "RB221",
                                        "the key " + signed.signer().fingerprint() + " of " + signed.repository()
                                                + " expires on " + end)
                                .fix("get the archive's new key from its maintainers before that day")));
    }
}
