package io.rosbalena.image;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.BlobWriter;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.MalformedArchiveException;
import io.rosbalena.tree.TarHeader;
import io.rosbalena.tree.TarReader;
import io.rosbalena.tree.TreePath;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The files of an archive that holds images, each in the store. */
final class ArchiveContents {
    /** Several for each layer of many images; an archive with more was not made by a tool for images. */
    private static final int MOST_FILES = 20_000;

    private final Map<TreePath, Item> files = new HashMap<>();
    private final Map<TreePath, TreePath> links = new HashMap<>();

    private ArchiveContents() {}

    /** A file's content. */
    record Item(Digest digest, long size) {}

    /**
     * Reads an archive, compressed or not.
     *
     * @param name of the image, for messages
     */
    static ArchiveContents read(Path file, String name, BlobStore store) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw BaseProblem.missing(name, "there is no file " + file);
        }
        ArchiveContents contents = new ArchiveContents();
        try (BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                InputStream tar = LayerCompression.detect(in).open(in)) {
            TarReader reader = new TarReader(tar);
            for (Optional<TarHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
                contents.add(next.get(), reader.content(), store);
            }
        }
        return contents;
    }

    private void add(TarHeader header, InputStream content, BlobStore store) throws IOException {
        if (files.size() + links.size() >= MOST_FILES) {
            throw new MalformedArchiveException("the archive holds more than " + MOST_FILES + " files");
        }
        switch (header.type()) {
            case FILE -> {
                try (BlobWriter out = store.create()) {
                    content.transferTo(out);
                    files.put(header.path(), new Item(out.commit(), header.size()));
                }
            }
            case HARDLINK -> links.put(header.path(), TreePath.parse(header.target()));
            // Old versions of docker save write a layer that two images share once, and links "../ID/layer.tar" to it.
            case SYMLINK -> links.put(header.path(), sibling(header));
            default -> {
                // Directories say nothing, and nothing else is of use.
            }
        }
    }

    private static TreePath sibling(TarHeader header) throws MalformedArchiveException {
        try {
            String target = header.target();
            return target.startsWith("../")
                    ? TreePath.parse(header.path().parent().parent() + "/" + target.substring(3))
                    : TreePath.parse(header.path().parent() + "/" + target);
        } catch (IllegalArgumentException e) {
            throw new MalformedArchiveException("the link " + header.path() + " leaves the archive", e);
        }
    }

    /** The file at a path, or the one that a link there names. */
    Optional<Item> find(TreePath path) {
        TreePath linked = links.getOrDefault(path, path);
        return Optional.ofNullable(files.get(linked));
    }

    /** The same, of a name in a manifest. */
    Item get(String name) throws IOException {
        try {
            return find(TreePath.parse(name))
                    .orElseThrow(() -> new IOException("the archive does not hold " + name + ", which it names"));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
