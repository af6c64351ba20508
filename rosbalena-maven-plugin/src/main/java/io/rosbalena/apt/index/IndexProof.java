package io.rosbalena.apt.index;

import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.ArchivedDeb;
import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.Location;
import io.rosbalena.transfer.Transfer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Proves that packages stand in the indexes of an archive, from the digest of its signed file: package → index →
 * signature → key that a source trusts. The files come from the store, else from where the sources lead; which of them
 * is at hand decides only whether there is a proof, never what it says.
 */
public final class IndexProof {
    /** A snapshot service has a Release file soon after the date that stands in it, and until the next one. */
    private static final List<Duration> TAKEN_AFTER = List.of(Duration.ofHours(1), Duration.ofHours(6));

    private final List<Repository> repositories;
    private final ArchiveRules rules;
    private final String architecture;
    private final BlobStore store;
    private final ReleaseFiles files;
    private final IndexReader indexes;

    /**
     * Proves by these sources.
     *
     * @param architecture in Debian's words
     * @param transfer reaches the archives, or nothing but local files
     */
    public IndexProof(
            List<AptSource> sources,
            ArchiveRules rules,
            String architecture,
            Transfer transfer,
            BlobStore store,
            Progress progress) {
        this.repositories = Repository.of(sources, architecture);
        this.rules = rules;
        this.architecture = architecture;
        this.store = store;
        this.files = new ReleaseFiles(transfer, rules, architecture);
        this.indexes = new IndexReader(transfer, store, progress);
    }

    /**
     * What is to be proved.
     *
     * @param archive which archive the packages are of
     * @param key fingerprint of the key that is said to have signed it; empty if it is said to be unsigned
     * @param signed digests of its signed file; more than one where platforms have different states of it
     * @param date when the signed file was made: where snapshots of it may be found
     * @param os as {@link Snapshots#os} gives it for all archives of the platform
     * @param packages what is said of packages
     */
    public record Question(
            ArchiveId archive, String key, List<Digest> signed, Instant date, String os, List<Claim> packages) {
        public Question {
            signed = List.copyOf(signed);
            packages = List.copyOf(packages);
        }
    }

    /** What is said of a package. */
    public record Claim(String name, String version, String architecture, ArchivedDeb deb) {}

    /**
     * What came of it.
     *
     * @param wrong packages that stand in none of the indexes as it is said of them; only if all indexes were read
     * @param missing why there is no proof; empty if there is one, or if something is wrong
     */
    public record Answer(List<Claim> wrong, Optional<String> missing) {
        public Answer {
            wrong = List.copyOf(wrong);
        }
    }

    /**
     * Looks for the proof.
     *
     * @throws IOException if the store cannot be read
     */
    public Answer prove(Question question) throws IOException {
        List<Claim> open = new ArrayList<>(question.packages());
        List<String> missing = new ArrayList<>();
        for (Digest digest : question.signed()) {
            Search search = new Search(question, digest);
            Optional<Set<Candidate>> offers = search.offers();
            offers.ifPresent(found -> open.removeIf(claim -> isIn(found, claim)));
            if (offers.isEmpty()) {
                missing.add(search.told());
            }
        }
        if (open.isEmpty()) {
            return new Answer(List.of(), Optional.empty());
        }
        return missing.isEmpty()
                ? new Answer(open, Optional.empty())
                : new Answer(List.of(), Optional.of(String.join("; ", missing)));
    }

    private static boolean isIn(Set<Candidate> offers, Claim claim) {
        return offers.stream()
                .anyMatch(offer -> offer.name().equals(claim.name())
                        && offer.version().toString().equals(claim.version())
                        && offer.architecture().equals(claim.architecture())
                        && offer.deb().equals(Optional.of(claim.deb())));
    }

    /** The search for one signed file and its indexes. */
    private final class Search {
        private final Question question;
        private final Digest digest;
        private final Set<String> looked = new LinkedHashSet<>();
        private final Set<String> reasons = new LinkedHashSet<>();

        Search(Question question, Digest digest) {
            this.question = question;
            this.digest = digest;
        }

        String told() {
            return "no proof with the signed file " + digest
                    + (reasons.isEmpty() ? "" : ": " + String.join("; ", reasons)) + "; looked in "
                    + (looked.isEmpty() ? "no place, since no source leads to it" : String.join(", ", looked));
        }

        /** What the indexes have of the packages in question. */
        Optional<Set<Candidate>> offers() throws IOException {
            String component = question.archive().component();
            List<Repository> places = new ArrayList<>(repositories.stream()
                    .filter(one -> one.components().contains(component))
                    .toList());
            if (!question.key().isEmpty()) {
                places.addAll(snapshots(places));
            }
            for (Repository repository : places) {
                Optional<Set<Candidate>> offers = offers(repository, component);
                if (offers.isPresent()) {
                    return offers;
                }
            }
            return Optional.empty();
        }

        private List<Repository> snapshots(List<Repository> places) {
            List<SnapshotDate> moments = rules.snapshots()
                    .date()
                    .map(List::of)
                    .orElseGet(() -> TAKEN_AFTER.stream()
                            .map(time -> new SnapshotDate(question.date().plus(time)))
                            .toList());
            ArchiveId id = question.archive();
            List<Repository> snapshots = new ArrayList<>();
            for (SnapshotDate moment : moments) {
                rules.snapshots().root(id.origin(), id.label(), question.os(), moment).stream()
                        .flatMap(root ->
                                places.stream().map(place -> new Repository(place.source(), root, place.suite())))
                        .filter(place -> !snapshots.contains(place))
                        .forEach(snapshots::add);
            }
            return snapshots;
        }

        private Optional<Set<Candidate>> offers(Repository repository, String component) throws IOException {
            try {
                Optional<ClearSigned> document = document(repository);
                if (document.isEmpty()) {
                    return Optional.empty();
                }
                Release release = Release.parse(document.get().text());
                if (!release.archive(repository, component).equals(question.archive())
                        || !release.answers(repository)) {
                    return Optional.empty();
                }
                Signer signer = signer(repository, document.get());
                return Optional.of(read(new SignedRelease(repository, release, signer, digest), component));
            } catch (FindingException e) {
                e.findings().forEach(finding -> reasons.add(finding.message()));
            } catch (IllegalArgumentException e) {
                reasons.add("it is no Release file: " + e.getMessage());
            }
            return Optional.empty();
        }

        /**
         * The signed file. For one without a signature the archive itself must serve it: the store also holds what came
         * from anywhere else, for example with the workspace.
         */
        private Optional<ClearSigned> document(Repository repository) throws IOException {
            if (!question.key().isEmpty()) {
                looked.add("the store");
                if (store.has(digest)) {
                    return Optional.of(kept());
                }
            }
            looked.add(Location.show(repository.file("InRelease")));
            ClearSigned served = files.served(repository);
            if (question.key().isEmpty()) {
                served = files.withSums(repository, served);
            }
            if (served.digest().equals(digest)) {
                served.keep(store);
                return Optional.of(served);
            }
            return Optional.empty();
        }

        private ClearSigned kept() throws IOException {
            try {
                return ClearSigned.kept(store.bytes(digest));
            } catch (IOException e) {
                throw FindingException.input(Finding.error("RB205", "cannot read the signed file: " + e.getMessage()));
            }
        }

        private Signer signer(Repository repository, ClearSigned document) {
            if (question.key().isEmpty()) {
                if (rules.allowsUnsigned(repository)) {
                    return Signer.NOBODY;
                }
                throw FindingException.input(
                        Finding.error("RB217", "nobody signed it, and <allowUnsigned> does not name " + repository));
            }
            SignatureCheck own = PastRelease.then(repository, rules.snapshots().keyring(), document);
            if (rules.snapshots().date().isPresent() && own.isBy(question.key())) {
                return PastRelease.signer(repository, own);
            }
            SignatureCheck check =
                    PastRelease.then(repository, repository.source().keyring(), document);
            Signer signer = PastRelease.signer(repository, check);
            if (!check.isBy(question.key())) {
                throw FindingException.input(Finding.error(
                        "RB210", "it is signed by " + signer.fingerprint() + ", not by " + question.key()));
            }
            return signer;
        }

        private Set<Candidate> read(SignedRelease signed, String component) {
            Set<String> names = question.packages().stream().map(Claim::name).collect(Collectors.toSet());
            try {
                Set<Candidate> offers = new LinkedHashSet<>();
                for (IndexReader.Indexes.Part part : indexes.component(signed, component, architecture)) {
                    offers.addAll(
                            new PackageIndex(part.archive(), part.file(), store.bytes(part.extract())).named(names));
                }
                return offers;
            } catch (IOException e) {
                looked.add(Location.show(signed.repository().file("")));
                throw FindingException.environment(
                        Finding.error("RB214", "an index of it cannot be had: " + e.getMessage()), e);
            }
        }
    }
}
