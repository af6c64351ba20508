package io.rosbalena.store;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells a file that cannot be read or written as a finding, with what the user can do about it. */
public final class FileFinding {
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");

    private FileFinding() {}

    /**
     * The finding for a failure of this machine's file systems.
     *
     * @param places the folders that are written to, for a failure that does not say where it happened
     */
    public static FindingException of(IOException failure, List<Path> places) {
        IOException cause = root(failure);
        return FindingException.environment(finding(cause, places), failure);
    }

    /** The finding for a name that this process cannot give to a file. */
    public static FindingException of(InvalidPathException failure) {
        return FindingException.environment(
                Finding.error(
                                "RB744",
                                "in this process's locale no file can have the name \"" + failure.getInput() + "\": "
                                        + failure.getReason())
                        .fix("start again with the environment variable LC_ALL=C.UTF-8"),
                failure);
    }

    /** Whether these words of a tool or of the Java platform mean a full disk. */
    public static boolean isFull(String said) {
        return FULL.stream().anyMatch(said::contains);
    }

    /**
     * A failed write as one that names its file, with words that do not depend on the locale where the disk is full: so
     * that it is not taken for a failure of whatever the bytes come from.
     *
     * @param wanted bytes that could not be written
     */
    static FileSystemException writing(Path file, long wanted, IOException failure) {
        String reason = usable(file) < wanted ? FULL.get(0) : failure.getMessage();
        FileSystemException named = new FileSystemException(file.toString(), null, reason);
        named.initCause(failure);
        return named;
    }

    /** The disk that holds a file or folder, there or not, is full. */
    public static Finding full(Path where) {
        return noRoom("the disk of " + existing(where) + " is full" + left(existing(where)));
    }

    private static Finding noRoom(String message) {
        return Finding.error("RB740", message)
                .fix("make room there (mvn rosbalena:clean-store empties the store), or let -Drosbalena.store name a"
                        + " folder on another disk; then start again, and the build goes on from here");
    }

    /**
     * Refuses to begin what cannot end well.
     *
     * @param wanted bytes that will be written
     * @throws FindingException RB740 if there is no room for them
     */
    public static void requireSpace(Path where, long wanted) {
        long usable = usable(existing(where));
        if (usable < wanted) {
            throw FindingException.environment(noRoom("the disk of " + existing(where) + " has too little room: "
                    + megabytes(wanted) + " are needed" + left(existing(where))));
        }
    }

    /** The failure that others were made of: the one that names a file, else the innermost. */
    private static IOException root(IOException failure) {
        IOException found = failure;
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof FileSystemException named) {
                return named;
            }
            if (at instanceof IOException inner) {
                found = inner;
            }
        }
        return found;
    }

    private static Finding finding(IOException failure, List<Path> places) {
        String said = String.valueOf(failure.getMessage());
        if (isFull(said)) {
            return full(fullest(failure, places));
        }
        if (failure instanceof AccessDeniedException || said.contains("Operation not permitted")) {
            return Finding.error("RB741", "this user may not read or write " + said)
                    .fix("give the file or its folder to the user who builds; another user, or root, may have made it");
        }
        if (said.contains("Read-only file system")) {
            return Finding.error("RB741", "this disk can only be read: " + said)
                    .fix("build in a folder that can be written, or let -Drosbalena.store name one");
        }
        if (failure instanceof NoSuchFileException) {
            return Finding.error("RB742", "a file went away while it was needed: " + said)
                    .fix("start again; do not empty the store or target while a build runs");
        }
        return Finding.error("RB743", "reading or writing failed: " + said)
                .fix(
                        "if it is in the store, mvn rosbalena:clean-store removes it; else run again with -e and report it");
    }

    /** Of the files that are named and the places, that with the least room: a failed copy names what it read, too. */
    private static Path fullest(IOException failure, List<Path> places) {
        List<Path> candidates = new ArrayList<>();
        if (failure instanceof FileSystemException named) {
            Stream.of(Optional.ofNullable(named.getOtherFile()), Optional.ofNullable(named.getFile()))
                    .flatMap(Optional::stream)
                    .map(Path::of)
                    .map(file ->
                            places.stream().filter(file::startsWith).findFirst().orElse(file))
                    .forEach(candidates::add);
        }
        candidates.addAll(places);
        return candidates.stream()
                .min(Comparator.comparingLong(place -> usable(existing(place))))
                .orElse(Path.of(""));
    }

    private static Path existing(Path where) {
        Path place = where.toAbsolutePath();
        while (!Files.isDirectory(place) && place.getParent() != null) {
            place = place.getParent();
        }
        return place;
    }

    private static String left(Path place) {
        long usable = usable(place);
        return usable == Long.MAX_VALUE ? "" : ", " + megabytes(usable) + " are free";
    }

    private static String megabytes(long bytes) {
        return (bytes + 500_000) / 1_000_000 + " MB";
    }

    private static long usable(Path place) {
        try {
            return Files.getFileStore(place).getUsableSpace();
        } catch (IOException e) {
            // Only wanted for the words of a message about another failure.
            return Long.MAX_VALUE;
        }
    }
}
