package io.rosbalena.robot.wheel;

import io.rosbalena.apt.elf.Linkages;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.buildroot.BuildRootMaking;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Remembered;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TreePath;
import io.rosbalena.wheel.layout.WheelContents;
import io.rosbalena.wheel.layout.WheelContentsStage;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a wheel in an image, by what the store remembers of it: the wheel is opened, and with it checked against
 * its record, only for who reads one of them, and then once.
 */
public final class WheelFiles implements FileTree {
    private final LockedWheel wheel;
    private final BlobStore store;
    private final List<Entry> entries;
    private final Linkages linkages;
    private Optional<FileTree> opened = Optional.empty();
    private final Map<TreePath, Content> contents = new HashMap<>();

    private WheelFiles(LockedWheel wheel, BlobStore store, WheelContents found) {
        this.wheel = wheel;
        this.store = store;
        this.linkages = found.linkages();
        this.entries = found.files().stream().map(this::withContent).toList();
    }

    /** The files of a wheel that is in the store. */
    public static WheelFiles of(LockedWheel wheel, Surroundings surroundings) throws IOException {
        BlobStore store = surroundings.store();
        WheelContents found = new Remembered<>(new WheelContentsStage(store.temporary()), store)
                .get(
                        new WheelContentsStage.Input(
                                store.path(wheel.sha256()), wheel.sha256(), wheel.filename(), BuildRootMaking.PYTHON),
                        surroundings.console())
                .value();
        return new WheelFiles(wheel, store, found);
    }

    private Entry withContent(Entry entry) {
        if (!entry.isFile()) {
            return entry;
        }
        Content content = Content.known(
                "wheel " + wheel.sha256() + " " + wheel.filename() + " " + entry.path(), () -> read(entry.path()));
        return new Entry(
                entry.path(),
                entry.kind(),
                entry.mode(),
                entry.uid(),
                entry.gid(),
                entry.mtime(),
                entry.target(),
                entry.size(),
                content);
    }

    private InputStream read(TreePath path) throws IOException {
        if (opened.isEmpty()) {
            FileTree tree = WheelParts.open(wheel, store);
            opened = Optional.of(tree);
            tree.entries().forEach(entry -> contents.put(entry.path(), entry.content()));
        }
        Content content = contents.get(path);
        if (content == null) {
            throw new IOException(wheel.filename() + " has no file " + path);
        }
        return content.open();
    }

    @Override
    public List<Entry> entries() {
        return entries;
    }

    /** What its shared objects are linked with. */
    public Linkages linkages() {
        return linkages;
    }

    @Override
    public void close() throws IOException {
        if (opened.isPresent()) {
            opened.get().close();
        }
    }
}
