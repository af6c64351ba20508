package io.rosbalena.tree;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * What stands in the tar archive of a layer, and the contents of those files that are wanted often: enough to look at an
 * image without unpacking it. Can be written down and read again.
 *
 * @param items in the order of the archive
 */
public record LayerIndex(List<Item> items) {
    /** More entries than the largest images have; what holds more was made to exhaust memory. */
    private static final int MOST_ITEMS = 2_000_000;

    private static final int VERSION = 1;

    /**
     * One entry of the archive.
     *
     * @param header what the archive says of it; without names of owners and extended records
     * @param kept its content if it was kept
     */
    public record Item(TarHeader header, Optional<Content> kept) {}

    public LayerIndex {
        items = List.copyOf(items);
    }

    /**
     * Reads an archive to its end.
     *
     * @param tar the archive, not compressed; not closed
     * @param kept whether to keep the content of the file at this path with so many bytes
     * @throws MalformedArchiveException if it is no tar archive, or a name in it leaves the root
     */
    public static LayerIndex of(InputStream tar, BiPredicate<TreePath, Long> kept) throws IOException {
        List<Item> items = new ArrayList<>();
        TarReader reader = new TarReader(tar);
        for (Optional<TarHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
            TarHeader header = next.get();
            if (items.size() == MOST_ITEMS) {
                throw new MalformedArchiveException("a layer with more than " + MOST_ITEMS + " entries");
            }
            boolean keep = header.type() == TarHeader.Type.FILE && kept.test(header.path(), header.size());
            Optional<Content> content =
                    keep ? Optional.of(Content.of(reader.content().readAllBytes())) : Optional.empty();
            items.add(new Item(plain(header), content));
        }
        return new LayerIndex(items);
    }

    private static TarHeader plain(TarHeader header) {
        return new TarHeader(
                header.path(),
                header.type(),
                header.mode(),
                header.uid(),
                header.gid(),
                "",
                "",
                header.mtime(),
                header.target(),
                header.offset(),
                header.size(),
                Map.of());
    }

    /** Writes the index in a form that {@link #read} reads. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(VERSION);
        out.writeInt(items.size());
        for (Item item : items) {
            TarHeader header = item.header();
            text(out, header.path().text());
            text(out, header.type().name());
            out.writeShort(header.mode());
            out.writeLong(header.uid());
            out.writeLong(header.gid());
            out.writeLong(header.mtime());
            text(out, header.target());
            out.writeLong(header.offset());
            out.writeLong(header.size());
            out.writeBoolean(item.kept().isPresent());
            if (item.kept().isPresent()) {
                out.write(item.kept().get().bytes());
            }
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it is anything else
     */
    public static LayerIndex read(DataInputStream in) throws IOException {
        if (in.readInt() != VERSION) {
            throw new IOException("a layer's index of another version");
        }
        int count = in.readInt();
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TarHeader header = new TarHeader(
                    new TreePath(text(in)),
                    TarHeader.Type.valueOf(text(in)),
                    in.readShort(),
                    in.readLong(),
                    in.readLong(),
                    "",
                    "",
                    in.readLong(),
                    text(in),
                    in.readLong(),
                    in.readLong(),
                    Map.of());
            items.add(new Item(header, in.readBoolean() ? Optional.of(bytes(in, header.size())) : Optional.empty()));
        }
        return new LayerIndex(items);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static Content bytes(DataInputStream in, long size) throws IOException {
        return Content.of(in.readNBytes((int) size));
    }
}
