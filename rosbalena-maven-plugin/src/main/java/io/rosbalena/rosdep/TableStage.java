package io.rosbalena.rosdep;

import io.rosbalena.store.BlobCodec;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import java.io.IOException;

/** Turns a database file in the store into a {@link RuleTable} in the store. */
final class TableStage implements Stage<TableStage.Input, Digest> {
    private final BlobStore store;

    TableStage(BlobStore store) {
        this.store = store;
    }

    /**
     * A file.
     *
     * @param content the file's bytes, in the store
     * @param file how messages name it; the table does not depend on it
     */
    record Input(Digest content, TableKind kind, String file) {}

    @Override
    public String id() {
        return "rosdep-table";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Digest key(Input input) {
        return new KeyBuilder()
                .add("content", input.content())
                .add("kind", input.kind().name())
                .build();
    }

    @Override
    public Digest run(Input input, Progress progress) throws IOException {
        boolean strict = input.kind() == TableKind.OVERLAY;
        YamlNode root = YamlReader.read(store.bytes(input.content()), input.file(), strict);
        return store.put(RuleTable.encode(input.kind().content(root, input.file())));
    }

    @Override
    public Codec<Digest> codec() {
        return new BlobCodec("table");
    }
}
