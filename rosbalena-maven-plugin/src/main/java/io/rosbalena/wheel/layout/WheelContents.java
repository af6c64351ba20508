package io.rosbalena.wheel.layout;

import io.rosbalena.apt.elf.Linkage;
import io.rosbalena.apt.elf.Linkages;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stands in a wheel that is laid out, without its bytes.
 *
 * @param files its directories and files, sorted by path, contents left out
 * @param linkages what its shared objects are linked with
 */
public record WheelContents(List<Entry> files, Linkages linkages) {
    public WheelContents {
        files = List.copyOf(files);
    }

    /**
     * Reads a wheel.
     *
     * @param scratch an existing folder with room for its largest file
     */
    static WheelContents of(FileTree wheel, Path scratch) throws IOException {
        List<Entry> files = new ArrayList<>();
        SortedMap<TreePath, Linkage> objects = new TreeMap<>();
        for (Entry entry : wheel.entries()) {
            files.add(new Entry(
                    entry.path(), entry.kind(), entry.mode(), 0, 0, Entry.EPOCH, "", entry.size(), Content.EMPTY));
            if (entry.isFile() && isElf(entry.content())) {
                Optional<Linkage> linkage = linkage(entry.content(), scratch);
                linkage.ifPresent(found -> objects.put(entry.path(), found));
            }
        }
        return new WheelContents(files, new Linkages(objects));
    }

    private static boolean isElf(Content content) throws IOException {
        try (InputStream in = content.open()) {
            byte[] magic = in.readNBytes(4);
            return magic.length == 4 && magic[0] == 0x7f && magic[1] == 'E' && magic[2] == 'L' && magic[3] == 'F';
        }
    }

    /** A member of a zip archive cannot be read from its middle, and a library may have a gigabyte: each is inflated once. */
    private static Optional<Linkage> linkage(Content content, Path scratch) throws IOException {
        Path copy = Files.createTempFile(scratch, "wheel", ".so");
        try {
            try (InputStream in = content.open()) {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            return Linkage.read(() -> Files.newInputStream(copy));
        } finally {
            Files.delete(copy);
        }
    }
}
