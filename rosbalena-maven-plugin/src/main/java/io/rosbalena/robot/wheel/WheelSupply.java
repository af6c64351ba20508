package io.rosbalena.robot.wheel;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.DigestMismatchException;
import io.rosbalena.transfer.TransferFinding;
import io.rosbalena.wheel.index.IndexFile;
import io.rosbalena.wheel.index.SimpleIndex;
import io.rosbalena.wheel.layout.WheelMetadata;
import io.rosbalena.wheel.resolve.WheelOffers;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Wheels of indexes on their way into the store. */
final class WheelSupply implements WheelOffers {
    private static final long METADATA_LIMIT = 4L << 20;

    private final SimpleIndex index;
    private final Surroundings surroundings;
    private final Optional<WheelMaking> making;
    private final Map<String, WheelMetadata> known = new HashMap<>();
    private boolean withheld;

    /**
     * @param indexes in the order of their weight
     * @param making makes wheels from sources; without it sources are not offered
     */
    WheelSupply(List<URI> indexes, Surroundings surroundings, Optional<WheelMaking> making) {
        this.index = new SimpleIndex(indexes, surroundings.transfer());
        this.surroundings = surroundings;
        this.making = making;
    }

    @Override
    public List<IndexFile> files(String project) {
        List<IndexFile> all = index.files(project);
        List<IndexFile> offered = all.stream()
                .filter(file -> making.isPresent() || file.kind() == IndexFile.Kind.WHEEL)
                .toList();
        withheld |= offered.size() < all.size();
        return offered;
    }

    /** Whether a project that was asked for has sources, which were not offered. */
    boolean hasWithheld() {
        return making.isEmpty() && withheld;
    }

    /** All files of a project, sources among them. */
    List<IndexFile> any(String project) {
        return index.files(project);
    }

    @Override
    public WheelMetadata metadata(IndexFile file) throws IOException, InterruptedException {
        WheelMetadata metadata = known.get(file.filename());
        if (metadata == null) {
            metadata = read(file);
            known.put(file.filename(), metadata);
        }
        return metadata;
    }

    private WheelMetadata read(IndexFile file) throws IOException, InterruptedException {
        BlobStore store = surroundings.store();
        if (file.kind() == IndexFile.Kind.SOURCE) {
            LockedWheel made = make(file);
            return WheelMetadata.read(store.path(made.sha256()), made.filename());
        }
        if (file.metadata().isPresent() && !store.has(file.sha256())) {
            Digest digest = file.metadata().get();
            if (!store.has(digest)) {
                fetch("the metadata of " + file.filename(), file.metadataUri(), digest);
            }
            if (store.size(digest) <= METADATA_LIMIT) {
                return WheelMetadata.parse(store.bytes(digest), file.filename() + ".metadata");
            }
        }
        ensure(file);
        return WheelMetadata.read(store.path(file.sha256()), file.filename());
    }

    @Override
    public String searched(String project) {
        List<String> doubtful = index.unverified(project);
        List<String> sources = making.isPresent()
                ? List.of()
                : index.files(project).stream()
                        .filter(file -> file.kind() == IndexFile.Kind.SOURCE)
                        .map(IndexFile::filename)
                        .toList();
        return "; searched: " + String.join(", ", index.names())
                + (sources.isEmpty()
                        ? ""
                        : ", which has sources such as " + sources.get(sources.size() - 1)
                                + "; a wheel is made from them only on a machine of the same platform")
                + (doubtful.isEmpty()
                        ? ""
                        : ", which gives no SHA-256 for "
                                + String.join(", ", doubtful.stream().limit(5).toList()));
    }

    /** The wheel of a file, in the store from now on. */
    LockedWheel locked(IndexFile file) throws IOException, InterruptedException {
        if (file.kind() == IndexFile.Kind.SOURCE) {
            return make(file);
        }
        ensure(file);
        return new LockedWheel(
                file.project(),
                file.version().toString(),
                file.filename(),
                surroundings.store().size(file.sha256()),
                file.sha256(),
                Optional.empty());
    }

    private LockedWheel make(IndexFile file) throws IOException, InterruptedException {
        ensure(file);
        return making.orElseThrow()
                .make(file.project(), file.version(), new LockedWheel.Source(file.filename(), file.sha256()));
    }

    /** Brings a file of an index into the store. */
    void ensure(IndexFile file) throws IOException {
        if (!surroundings.store().has(file.sha256())) {
            fetch(file.filename(), file.uri(), file.sha256());
        }
    }

    private void fetch(String what, URI uri, Digest digest) throws IOException {
        try {
            surroundings.console().message("fetching " + what);
            surroundings.transfer().fetch(uri, digest, -1, surroundings.store(), surroundings.console());
        } catch (DigestMismatchException e) {
            throw FindingException.environment(
                    Finding.error("RB297", what + " is not what its index promises: " + e.getMessage())
                            .fix("use another index; if all give the same bytes, somebody changed the file"));
        } catch (IOException e) {
            throw TransferFinding.exception(what, uri, e);
        }
    }
}
