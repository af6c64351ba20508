package io.rosbalena.wheel.layout;

import io.rosbalena.apt.elf.Linkages;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what stands in one wheel. */
public final class WheelContentsStage implements Stage<WheelContentsStage.Input, WheelContents> {
    /**
     * A wheel in the store.
     *
     * @param file the wheel
     * @param digest of its bytes, already proven
     * @param filename its name
     * @param interpreter what starts its scripts
     */
    public record Input(Path file, Digest digest, String filename, String interpreter) {}

    private final Path scratch;

    /** @param scratch an existing folder with room for the largest file of any wheel */
    public WheelContentsStage(Path scratch) {
        this.scratch = scratch;
    }

    @Override
    public String id() {
        return "wheel-contents";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Digest key(Input input) {
        return new KeyBuilder()
                .add("wheel", input.digest())
                .add("filename", input.filename())
                .add("interpreter", input.interpreter())
                .build();
    }

    @Override
    public WheelContents run(Input input, Progress progress) throws IOException {
        try (FileTree wheel = WheelTree.open(input.file(), input.filename(), input.interpreter())) {
            return WheelContents.of(wheel, scratch);
        }
    }

    @Override
    public Codec<WheelContents> codec() {
        return new Codec<>() {
            @Override
            public Object encode(WheelContents contents) {
                return Map.of(
                        "files",
                        contents.files().stream()
                                .map(WheelContentsStage::encode)
                                .toList(),
                        "linkages",
                        Linkages.CODEC.encode(contents.linkages()));
            }

            @Override
            public WheelContents decode(JsonValue document) throws IOException {
                List<Entry> files = new ArrayList<>();
                for (JsonValue file : document.get("files").items()) {
                    files.add(WheelContentsStage.decode(file.items()));
                }
                return new WheelContents(files, Linkages.CODEC.decode(document.get("linkages")));
            }

            @Override
            public List<Digest> blobs(WheelContents contents) {
                return List.of();
            }
        };
    }

    /** Path, mode and size; a directory has no size. */
    private static List<Object> encode(Entry entry) {
        List<Object> fields = new ArrayList<>(List.of(entry.path().text(), (long) entry.mode()));
        if (entry.isFile()) {
            fields.add(entry.size());
        }
        return fields;
    }

    private static Entry decode(List<JsonValue> fields) throws IOException {
        TreePath path = TreePath.parse(fields.get(0).string());
        int mode = (int) fields.get(1).number();
        return fields.size() < 3
                ? Entry.directory(path, mode)
                : new Entry(
                        path,
                        Entry.Kind.FILE,
                        mode,
                        0,
                        0,
                        Entry.EPOCH,
                        "",
                        fields.get(2).number(),
                        Content.EMPTY);
    }
}
