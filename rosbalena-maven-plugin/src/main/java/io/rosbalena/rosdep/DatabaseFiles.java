package io.rosbalena.rosdep;

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
     * A file's table. A remote file whose digest is known and whose bytes are in the store costs no network.
     *
     * @throws FindingException if it cannot be had, or is not what it should be
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
        return store.put(transfer.read(source.uri(), YamlReader.MAXIMUM_BYTES));
    }

    /** Name and digest of each file that was read. */
    SortedMap<String, Digest> consulted() {
        return new TreeMap<>(consulted);
    }
}
