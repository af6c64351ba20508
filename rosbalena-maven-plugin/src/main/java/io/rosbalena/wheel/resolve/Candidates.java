package io.rosbalena.wheel.resolve;

import io.rosbalena.wheel.PythonVersion;
import io.rosbalena.wheel.SupportedTags;
import io.rosbalena.wheel.VersionSpecifiers;
import io.rosbalena.wheel.WheelFilename;
import io.rosbalena.wheel.index.IndexFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The files of one project that an interpreter can use, the best first: the newest version, of one version the most
 * specific wheel. Sources count only in versions that no usable wheel has, and after all wheels, as with pip's
 * {@code --prefer-binary}: what is made ready by its project was tried by it.
 */
final class Candidates {
    private record Rated(IndexFile file, Optional<WheelFilename> wheel, int rank) {}

    private static final Comparator<Rated> BEST_FIRST = Comparator.comparing(
                    (Rated one) -> one.file().kind())
            .thenComparing(one -> one.file().version(), Comparator.reverseOrder())
            .thenComparingInt(Rated::rank)
            .thenComparing(Candidates::laterBuild)
            .thenComparing(one -> one.file().filename());

    private final List<IndexFile> files;
    private final List<IndexFile> refused;

    private Candidates(List<IndexFile> files, List<IndexFile> refused) {
        this.files = files;
        this.refused = refused;
    }

    static Candidates of(List<IndexFile> offered, SupportedTags tags, PythonVersion python) {
        List<Rated> rated = new ArrayList<>();
        List<IndexFile> refused = new ArrayList<>();
        for (IndexFile file : offered) {
            Optional<WheelFilename> wheel =
                    file.kind() == IndexFile.Kind.WHEEL ? WheelFilename.parse(file.filename()) : Optional.empty();
            OptionalInt rank = file.kind() == IndexFile.Kind.SOURCE
                    ? OptionalInt.of(0)
                    : wheel.map(tags::rank).orElse(OptionalInt.empty());
            if (rank.isEmpty() || !file.requiresPython().contains(python, true)) {
                refused.add(file);
            } else {
                rated.add(new Rated(file, wheel, rank.getAsInt()));
            }
        }
        rated.sort(BEST_FIRST);
        List<IndexFile> best = new ArrayList<>();
        Set<PythonVersion> versions = new HashSet<>();
        for (Rated one : rated) {
            if (versions.add(one.file().version())) {
                best.add(one.file());
            }
        }
        return new Candidates(best, refused);
    }

    private static int laterBuild(Rated one, Rated other) {
        return one.wheel().isPresent() && other.wheel().isPresent()
                ? WheelFilename.BY_BUILD.compare(
                        other.wheel().get(), one.wheel().get())
                : 0;
    }

    /**
     * Those that all specifiers admit. Pre-releases count where a specifier names one, or where there is nothing else and no
     * specifier at all, as with pip up to 25; what was yanked only where a specifier names exactly its version (PEP 592).
     *
     * @param preferred goes first if it is among them
     */
    List<IndexFile> matching(VersionSpecifiers specifiers, Optional<PythonVersion> preferred) {
        List<IndexFile> usable = files.stream()
                .filter(file -> !file.yanked() || specifiers.isPin() || preferred.equals(Optional.of(file.version())))
                .toList();
        List<IndexFile> matching = usable.stream()
                .filter(file -> specifiers.contains(file.version(), specifiers.mentionsPreRelease())
                        || (preferred.equals(Optional.of(file.version())) && specifiers.contains(file.version(), true)))
                .toList();
        if (specifiers.isEmpty()
                && files.stream().allMatch(file -> file.version().isPreRelease())) {
            matching = usable;
        }
        // What was taken back answers only where nothing else does.
        if (matching.stream().anyMatch(file -> !file.yanked())) {
            matching = matching.stream()
                    .filter(file -> !file.yanked() || preferred.equals(Optional.of(file.version())))
                    .toList();
        }
        List<IndexFile> ordered = new ArrayList<>(matching);
        ordered.sort(Comparator.comparing(file -> !preferred.equals(Optional.of(file.version()))));
        return ordered;
    }

    /** Those that can be used at all, the best first. */
    List<IndexFile> files() {
        return files;
    }

    /** Those that this interpreter or system cannot use. */
    List<IndexFile> refused() {
        return refused;
    }
}
