package io.rosbalena.apt.index;

import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.preference.PackageFile;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.DigestMismatchException;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Remembered;
import io.rosbalena.transfer.NotFoundException;
import io.rosbalena.transfer.OfflineException;
import io.rosbalena.transfer.Transfer;
import io.rosbalena.transfer.TransferException;
import io.rosbalena.transfer.TransferFinding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Fetches the package indexes that a signed Release file vouches for. */
final class IndexReader {
    /** While a mirror is being updated its parts do not fit each other; it is asked again so many times in all. */
    private static final int ATTEMPTS = 3;

    /** An index that its Release file does not list unpacked may have at most this many bytes. */
    private static final long UNLISTED_LIMIT = 1L << 30;

    private final Transfer transfer;
    private final BlobStore store;
    private final Progress progress;
    private final Remembered<IndexStage.Input, Digest> extracts;

    IndexReader(Transfer transfer, BlobStore store, Progress progress) {
        this.transfer = transfer;
        this.store = store;
        this.progress = progress;
        this.extracts = new Remembered<>(new IndexStage(store), store);
    }

    /**
     * A suite's indexes.
     *
     * @param signed the Release file that they belong to
     * @param extracts for each component its extracts in the store
     */
    record Indexes(SignedRelease signed, List<Part> extracts) {
        /** An index of one component. */
        record Part(ArchiveId archive, PackageFile file, Digest extract) {}
    }

    /**
     * Reads the indexes of all components that the source names.
     *
     * @param again reads the Release file again, where the mirror is being updated
     * @throws FindingException if one is missing or does not fit the Release file
     */
    Indexes read(SignedRelease first, String architecture, Function<Repository, SignedRelease> again) {
        SignedRelease signed = first;
        for (int attempt = 1; ; attempt++) {
            try {
                return read(signed, architecture, new ArrayList<>());
            } catch (IOException e) {
                if (!mayPass(e)) {
                    throw failure(signed, e);
                }
                if (attempt == ATTEMPTS) {
                    throw unfit(signed, e);
                }
                signed = again.apply(signed.repository());
            }
        }
    }

    /** A mirror between two states has the new Release file with the old index, or the other way round. */
    private static boolean mayPass(IOException e) {
        return e instanceof DigestMismatchException
                || e instanceof NotFoundException
                || (e instanceof TransferException transfer && transfer.kind() == TransferException.Kind.SIZE);
    }

    private static FindingException unfit(SignedRelease signed, IOException cause) {
        Finding finding = Finding.error(
                        "RB215",
                        "an index of " + signed.repository() + " does not fit its signed Release file: "
                                + cause.getMessage())
                .fix("the mirror is broken or being updated: try again or use another one");
        return FindingException.environment(signed.repository().source().place(finding), cause);
    }

    private static FindingException failure(SignedRelease signed, IOException cause) {
        Repository repository = signed.repository();
        Finding finding = cause instanceof TransferException || cause instanceof OfflineException
                ? TransferFinding.of("an index of " + repository, repository.file(""), cause)
                : Finding.error("RB214", "cannot read an index of " + repository + ": " + cause.getMessage())
                        .fix("use another mirror; if the disk is full, make room");
        return FindingException.environment(repository.source().place(finding), cause);
    }

    private Indexes read(SignedRelease signed, String architecture, List<Indexes.Part> parts) throws IOException {
        Repository repository = signed.repository();
        for (String component : repository.components()) {
            parts.addAll(component(signed, component, architecture));
        }
        return new Indexes(signed, List.copyOf(parts));
    }

    /**
     * The indexes of one component, exactly as its Release file lists them.
     *
     * @throws FindingException if the file lists none
     * @throws IOException if one cannot be had
     */
    List<Indexes.Part> component(SignedRelease signed, String component, String architecture) throws IOException {
        Repository repository = signed.repository();
        if (AptSource.isFlat(repository.suite())) {
            return List.of(part(signed, component, "Packages", "", architecture));
        }
        List<Indexes.Part> parts = new ArrayList<>();
        String index = component + "/binary-" + architecture + "/Packages";
        parts.add(part(signed, component, index, architecture, architecture));
        String all = component + "/binary-all/Packages";
        if (signed.release().separateAll() && chosen(signed.release(), all).isPresent()) {
            parts.add(part(signed, component, all, "all", architecture));
        }
        return parts;
    }

    private Indexes.Part part(SignedRelease signed, String component, String index, String of, String architecture)
            throws IOException {
        Repository repository = signed.repository();
        return new Indexes.Part(
                signed.release().archive(repository, component),
                signed.release().packageFile(repository, component, of),
                extract(signed, index, architecture));
    }

    private record Choice(Release.IndexFile file, Compression compression) {}

    private static Optional<Choice> chosen(Release release, String index) {
        for (Compression compression : Compression.values()) {
            Release.IndexFile file = release.files().get(index + compression.suffix());
            if (file != null) {
                return Optional.of(new Choice(file, compression));
            }
        }
        return Optional.empty();
    }

    private Digest extract(SignedRelease signed, String index, String architecture) throws IOException {
        Choice choice = chosen(signed.release(), index).orElseThrow(() -> missing(signed, index, architecture));
        Release.IndexFile plain = signed.release().files().get(index);
        long limit = plain == null ? UNLISTED_LIMIT : plain.size();
        IndexStage.Input input = new IndexStage.Input(
                choice.file().sha256(), () -> fetch(signed, choice.file()), choice.compression(), limit, architecture);
        return extracts.get(input, progress).value();
    }

    private static FindingException missing(SignedRelease signed, String index, String architecture) {
        return FindingException.input(signed.repository()
                .source()
                .place(Finding.error("RB219", signed.repository() + " has no " + index + " with a SHA-256 sum")
                        .fix("check the component; where " + architecture
                                + " lies on another host, add a source with Architectures: " + architecture
                                + " and that host, and name the architectures of this one")));
    }

    private void fetch(SignedRelease signed, Release.IndexFile file) throws IOException {
        if (store.has(file.sha256())) {
            return;
        }
        Repository repository = signed.repository();
        progress.expect(file.size());
        if (signed.release().byHash()) {
            String folder = file.path().substring(0, file.path().lastIndexOf('/') + 1);
            String byHash = folder + "by-hash/SHA256/" + file.sha256().hex();
            try {
                transfer.fetch(repository.file(byHash), file.sha256(), file.size(), store, progress);
                return;
            } catch (NotFoundException e) {
                // A mirror need not carry by-hash although the archive does: fall through to the plain name.
                progress.message(repository + " has no " + byHash);
            }
        }
        transfer.fetch(repository.file(file.path()), file.sha256(), file.size(), store, progress);
    }
}
