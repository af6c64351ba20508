package io.rosbalena.rosdep;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Remembered;
import io.rosbalena.transfer.Transfer;
import io.rosbalena.transfer.TransferFinding;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Brings database files into the store and keeps account of which ones were read. */
final class DatabaseFiles {
    private final Map<String, Digest> known;
    private final Transfer transfer;
    private final BlobStore store;
    private final Remembered<TableStage.Input, Digest> tables;
    private final SortedMap<String, Digest> consulted = new TreeMap<>();

    DatabaseFiles(Map<String, Digest> known, Transfer transfer, BlobStore store) {
        this.known = Map.copyOf(known);
        this.transfer = transfer;
        this.store = store;
        this.tables = new Remembered<>(new TableStage(store), store);
    }

    /**
     * A file's table. A remote file whose digest is known and whose bytes are in the store costs no network; with other
     * bytes it does not count. A local file is the user's and counts as it is.
     *
     * @throws FindingException if it cannot be had, or is not what it should be; RB065 if it is not what is known of it
     */
    RuleTable table(RosdepSource source, TableKind kind) {
        try {
            Digest content = content(source);
            consulted.put(source.name(), content);
            TableStage.Input input = new TableStage.Input(content, kind, source.name());
            return RuleTable.of(store.bytes(tables.get(input, Progress.SILENT).value()));
        } catch (IOException e) {
            throw TransferFinding.exception("the rosdep or rosdistro file " + source.name(), source.uri(), e);
        }
    }

    private Digest content(RosdepSource source) throws IOException {
        Optional<Digest> kept = Optional.ofNullable(known.get(source.name())).filter(store::has);
        if (kept.isPresent() && !source.isLocal()) {
            return kept.get();
        }
        byte[] bytes = transfer.read(source.uri(), YamlReader.MAXIMUM_BYTES);
        Optional<Digest> locked = Optional.ofNullable(known.get(source.name())).filter(any -> !source.isLocal());
        if (locked.isPresent() && !locked.get().equals(Digest.of(bytes))) {
            throw FindingException.environment(Finding.error(
                            "RB065",
                            "the rosdep or rosdistro file " + source.name() + " is not the one that was locked: "
                                    + locked.get() + " is neither there nor in the store")
                    .fix("run mvn rosbalena:lock to take the databases as they are now; files of a tag, which"
                            + " <rosdistroTag> names, do not change"));
        }
        return store.put(bytes);
    }

    /** Name and digest of each file that was read. */
    SortedMap<String, Digest> consulted() {
        return new TreeMap<>(consulted);
    }
}
