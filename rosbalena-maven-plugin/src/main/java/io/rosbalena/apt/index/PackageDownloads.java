package io.rosbalena.apt.index;

import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.ArchivedDeb;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.DigestMismatchException;
import io.rosbalena.store.FileFinding;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.Location;
import io.rosbalena.transfer.NotFoundException;
import io.rosbalena.transfer.OfflineException;
import io.rosbalena.transfer.Transfer;
import io.rosbalena.transfer.TransferException;
import io.rosbalena.transfer.TransferFinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Brings {@code .deb} files into the store, a few at a time. Each is known by its digest, so it may come from any place
 * that carries its archive, or did so once: the places are tried in order.
 */
public final class PackageDownloads {
    /** So many names are worth a command line; a lock that is a year old may miss hundreds. */
    private static final int NAMED = 10;

    private final Map<ArchiveId, List<URI>> locations;
    private final Transfer transfer;
    private final BlobStore store;
    private final Progress progress;

    /** Roots that could not be reached: asking them again for every package would take minutes for each. */
    private final Map<URI, Finding> silent = new ConcurrentHashMap<>();

    private final Set<URI> missed = ConcurrentHashMap.newKeySet();
    private final Set<ArchivedDeb> gone = ConcurrentHashMap.newKeySet();
    private List<String> before = List.of("the store");
    private Consumer<ArchivedDeb> arrival = deb -> {};

    /**
     * Downloads from these places.
     *
     * @param locations as {@link CandidateTable#locations} or {@link AptRepositories#locate} gives them
     */
    public PackageDownloads(
            Map<ArchiveId, List<URI>> locations, Transfer transfer, BlobStore store, Progress progress) {
        this.locations = Map.copyOf(locations);
        this.transfer = transfer;
        this.store = store;
        this.progress = progress;
    }

    /**
     * Says where packages were looked for already, for the message about those that are nowhere.
     *
     * @param places for example {@code the store}
     */
    public PackageDownloads after(List<String> places) {
        before = List.copyOf(places);
        return this;
    }

    /**
     * Has work on packages begin while others are still on their way.
     *
     * @param arrival is told of each package once it is in the store, by several threads; downloads wait for it
     */
    public PackageDownloads telling(Consumer<ArchivedDeb> arrival) {
        this.arrival = arrival;
        return this;
    }

    /** Those of some packages that are not in the store yet, each once. */
    public static List<ArchivedDeb> missing(Collection<ArchivedDeb> debs, BlobStore store) throws IOException {
        List<ArchivedDeb> missing = new ArrayList<>();
        for (ArchivedDeb deb : new LinkedHashSet<>(debs)) {
            if (!store.has(deb.sha256(), deb.size())) {
                missing.add(deb);
            }
        }
        return missing;
    }

    /**
     * Fetches what is not in the store yet.
     *
     * @throws FindingException with everything that could not be had, at once; what could is in the store
     * @throws IOException if the store cannot be written
     */
    public void fetch(Collection<ArchivedDeb> debs) throws IOException {
        List<ArchivedDeb> missing = missing(debs, store);
        List<Outcomes.Failure> failures = new ArrayList<>(unlocated(missing));
        List<ArchivedDeb> located =
                missing.stream().filter(deb -> isLocated(deb.archive())).toList();
        long bytes = located.stream().mapToLong(ArchivedDeb::size).sum();
        if (!located.isEmpty()) {
            FileFinding.requireSpace(store.root(), bytes);
            progress.message("fetching " + located.size() + " packages");
            progress.expect(bytes);
        }
        try {
            Outcomes<ArchivedDeb> fetched = Outcomes.of(located, this::fetch);
            Outcomes.throwFailures(failures, fetched.failures(), unreached(), lost());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private boolean isLocated(ArchiveId archive) {
        return !locations.getOrDefault(archive, List.of()).isEmpty();
    }

    /** One finding for each archive that no source leads to. */
    private List<Outcomes.Failure> unlocated(List<ArchivedDeb> missing) {
        Map<ArchiveId, List<ArchivedDeb>> lost = new TreeMap<>();
        missing.stream()
                .filter(deb -> !isLocated(deb.archive()))
                .forEach(deb -> lost.computeIfAbsent(deb.archive(), id -> new ArrayList<>())
                        .add(deb));
        List<Outcomes.Failure> failures = new ArrayList<>();
        lost.forEach((archive, debs) -> failures.add(new Outcomes.Failure(
                archive,
                FindingException.environment(Finding.error(
                                "RB250",
                                "no source leads to the archive " + archive + ", from which " + debs.size()
                                        + " packages are needed that are not in "
                                        + String.join(" or ", before) + ", the first "
                                        + debs.get(0).filename())
                        .fix("add a source for it to <aptSources>, or see that the one there can be reached")))));
        return failures;
    }

    private ArchivedDeb fetch(ArchivedDeb deb) {
        List<Finding> reasons = new ArrayList<>();
        Set<URI> unreached = new HashSet<>();
        for (URI root : locations.getOrDefault(deb.archive(), List.of())) {
            if (silent.containsKey(root)) {
                unreached.add(root);
                continue;
            }
            URI uri = Repository.below(root, deb.filename());
            try {
                transfer.fetch(uri, deb.sha256(), deb.size(), store, progress);
                arrival.accept(deb);
                return deb;
            } catch (NotFoundException e) {
                // Perhaps another root has it.
            } catch (FileSystemException e) {
                throw new UncheckedIOException(e);
            } catch (IOException e) {
                if (isSilent(e)) {
                    silent.putIfAbsent(root, TransferFinding.of("packages of " + deb.archive(), uri, e));
                    unreached.add(root);
                } else {
                    reasons.add(reason(deb, uri, e));
                }
            }
        }
        missed.addAll(unreached);
        if (!reasons.isEmpty()) {
            throw new FindingException(FindingException.Kind.ENVIRONMENT, reasons);
        }
        if (unreached.isEmpty()) {
            gone.add(deb);
        }
        return deb;
    }

    /** One finding for each root that could not be reached and might have had a package that was not found. */
    private List<Outcomes.Failure> unreached() {
        return missed.stream()
                .map(root -> new Outcomes.Failure(
                        root, FindingException.environment(Objects.requireNonNull(silent.get(root)))))
                .toList();
    }

    /** One finding for all packages that are nowhere any more, a line for each archive with its places. */
    private List<Outcomes.Failure> lost() {
        if (gone.isEmpty()) {
            return List.of();
        }
        SortedMap<ArchiveId, SortedSet<String>> files = new TreeMap<>();
        SortedSet<String> names = new TreeSet<>();
        for (ArchivedDeb deb : gone) {
            files.computeIfAbsent(deb.archive(), id -> new TreeSet<>()).add(deb.filename());
            names.add(deb.filename().replaceFirst("^.*/", "").replaceFirst("(_.*|\\.deb)$", ""));
        }
        StringBuilder message = new StringBuilder()
                .append(gone.size() == 1 ? "a locked package is" : gone.size() + " locked packages are")
                .append(" nowhere any more: not in ")
                .append(String.join(", not in ", before))
                .append(", and not where their archive is");
        files.forEach((archive, lost) -> message.append("\n  ")
                .append(archive)
                .append(", looked for at ")
                .append(locations.getOrDefault(archive, List.of()).stream()
                        .map(Location::show)
                        .collect(Collectors.joining(", ")))
                .append(": ")
                .append(String.join(", ", lost)));
        Finding finding = Finding.error("RB251", message.toString())
                .fix("mvn rosbalena:lock"
                        + (names.size() > NAMED ? "" : " -Drosbalena.update=" + String.join(",", names))
                        + " takes the versions that are there now; to keep these, name a source that still has them, such as a"
                        + " snapshot, in <aptSources>, or the <cache> of a machine that has built with this lock");
        return List.of(new Outcomes.Failure(names, FindingException.environment(finding)));
    }

    private static boolean isSilent(IOException e) {
        return e instanceof OfflineException
                || (e instanceof TransferException transfer
                        && (transfer.kind() == TransferException.Kind.UNREACHABLE
                                || transfer.kind() == TransferException.Kind.TRUST
                                || transfer.kind() == TransferException.Kind.DENIED));
    }

    private static Finding reason(ArchivedDeb deb, URI uri, IOException e) {
        if (e instanceof DigestMismatchException
                || (e instanceof TransferException transfer && transfer.kind() == TransferException.Kind.SIZE)) {
            return Finding.error("RB252", "the package " + uri + " is not the one that was locked: " + e.getMessage())
                    .fix("use another mirror; if all give the same bytes, somebody changed the package");
        }
        return TransferFinding.of(deb.filename(), uri, e);
    }
}
