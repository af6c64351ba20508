package io.rosbalena.colcon;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** How the results of two compiles of one package differ. */
final class TreeDifference {
    private final BlobStore firstStore;
    private final BlobStore secondStore;

    /** For results of a first compile in one store, and of a second one in another. */
    TreeDifference(BlobStore firstStore, BlobStore secondStore) {
        this.firstStore = firstStore;
        this.secondStore = secondStore;
    }

    /** Every file that differs, by path; empty if the results are the same. */
    List<FileDifference> of(InstallTree first, InstallTree second) throws IOException {
        SortedMap<TreePath, InstalledFile> one = byPath(first.files());
        SortedMap<TreePath, InstalledFile> other = byPath(second.files());
        List<FileDifference> differences = new ArrayList<>();
        for (TreePath path : both(one, other)) {
            InstalledFile before = one.get(path);
            InstalledFile after = other.get(path);
            if (before == null || after == null) {
                differences.add(new FileDifference(
                        path.text(), "is there the " + (before == null ? "second" : "first") + " time only"));
            } else if (!before.identity().equals(after.identity())) {
                differences.add(difference(before, after));
            }
        }
        // Of a program that differs they do so as well.
        return differences.isEmpty() ? debugFiles(first, second) : differences;
    }

    private FileDifference difference(InstalledFile before, InstalledFile after) throws IOException {
        String place = before.path().text();
        if (before instanceof InstalledFile.Regular one && after instanceof InstalledFile.Regular other) {
            return one.blob().equals(other.blob())
                    ? new FileDifference(
                            place, "is executable the " + (one.executable() ? "first" : "second") + " time only")
                    : content(place, one.blob(), other.blob());
        }
        if (before instanceof InstalledFile.Link one && after instanceof InstalledFile.Link other) {
            return ContentDifference.of(place, "leads to ", one.target(), other.target(), Optional.empty());
        }
        return new FileDifference(place, "is a file, a link or a folder, each time something else");
    }

    private List<FileDifference> debugFiles(InstallTree first, InstallTree second) throws IOException {
        Map<TreePath, Digest> other = new TreeMap<>();
        second.debug().forEach(file -> other.put(file.file(), file.blob()));
        List<FileDifference> differences = new ArrayList<>();
        for (DebugFile file : first.debug()) {
            Digest again = other.get(file.file());
            if (again != null && !again.equals(file.blob())) {
                differences.add(content("the debug file of " + file.file(), file.blob(), again));
            }
        }
        return differences;
    }

    private FileDifference content(String place, Digest one, Digest other) throws IOException {
        return ContentDifference.of(place, firstStore.path(one), secondStore.path(other));
    }

    private static SortedMap<TreePath, InstalledFile> byPath(List<InstalledFile> files) {
        SortedMap<TreePath, InstalledFile> byPath = new TreeMap<>();
        files.forEach(file -> byPath.put(file.path(), file));
        return byPath;
    }

    private static SortedSet<TreePath> both(
            SortedMap<TreePath, InstalledFile> one, SortedMap<TreePath, InstalledFile> other) {
        SortedSet<TreePath> both = new TreeSet<>(one.keySet());
        both.addAll(other.keySet());
        return both;
    }
}
