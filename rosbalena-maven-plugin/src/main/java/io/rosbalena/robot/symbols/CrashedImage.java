package io.rosbalena.robot.symbols;

import io.rosbalena.colcon.InstallTree;
import io.rosbalena.image.ImageViews;
import io.rosbalena.image.OciLayout;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import io.rosbalena.symbols.BuildId;
import io.rosbalena.symbols.BuildIdNote;
import io.rosbalena.symbols.CoreDump;
import io.rosbalena.symbols.MappedFile;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.LayeredView;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The image that a process ran in, as far as can be told: of those in {@code target/rosbalena/images}, the one that holds
 * most of the process's own files with the same build ids.
 *
 * @param image which it is
 * @param view its files
 */
record CrashedImage(OciLayout.Entry image, LayeredView view) implements Closeable {
    /** {@code e_machine} of {@code elf.h} → how platforms call it. */
    private static final Map<Integer, String> ARCHITECTURES = Map.of(62, "amd64", 183, "arm64");

    private static final String DPKG_LISTS = "/var/lib/dpkg/info";
    private static final int FIRST_BYTES = 1 << 16;

    /** Finds it; empty if no image holds the program or a library of the workspace as they were. */
    static Optional<CrashedImage> find(CoreDump dump, Path images, BlobStore store, Progress progress)
            throws IOException {
        OciLayout layout = new OciLayout(images);
        Optional<OciLayout.Entry> best = Optional.empty();
        int most = 0;
        for (OciLayout.Entry image : layout.read()) {
            if (!architecture(dump).equals(Optional.of(image.platform().architecture()))) {
                continue;
            }
            try (CrashedImage candidate = open(layout, image, store, progress)) {
                int same = candidate.countSame(dump);
                if (same > most) {
                    most = same;
                    best = Optional.of(image);
                }
            }
        }
        return best.isPresent() ? Optional.of(open(layout, best.get(), store, progress)) : Optional.empty();
    }

    private static CrashedImage open(OciLayout layout, OciLayout.Entry image, BlobStore store, Progress progress)
            throws IOException {
        return new CrashedImage(image, new ImageViews(store).open(layout.open(image, store), progress));
    }

    /** The architecture of the process, as platforms call it; empty if no robot has it. */
    static Optional<String> architecture(CoreDump dump) {
        return Optional.ofNullable(ARCHITECTURES.get(dump.machine()));
    }

    private int countSame(CoreDump dump) throws IOException {
        int same = 0;
        for (MappedFile file : dump.files()) {
            boolean isOwn = file.path().startsWith(InstallTree.INSTALL.absolute() + "/");
            if ((isOwn || dump.program().equals(Optional.of(file.path())))
                    && find(file).isPresent()) {
                same++;
            }
        }
        return same;
    }

    /** The file that was mapped; empty if the image has none there, or another one. */
    Optional<Entry> find(MappedFile file) throws IOException {
        Optional<Entry> found;
        try {
            found = view.find(file.path()).filter(Entry::isFile);
        } catch (IllegalArgumentException e) {
            // A core may say anything of where a file stood.
            return Optional.empty();
        }
        return found.isPresent() && (file.id().isEmpty() || file.id().equals(id(found.get())))
                ? found
                : Optional.empty();
    }

    /** The build id of a program or library of the image. */
    static Optional<BuildId> id(Entry file) throws IOException {
        try (InputStream in = file.content().open()) {
            return BuildIdNote.ofFirstBytes(ByteBuffer.wrap(in.readNBytes(FIRST_BYTES)));
        }
    }

    /** Which Debian package each of these files is of, by path; those that are of none are left out. */
    Map<String, String> debianPackages(Collection<String> paths) throws IOException {
        Map<String, String> listed = new TreeMap<>();
        for (String path : paths) {
            listed.put(path, path);
            // Packages name their files as they did before /lib became a link to /usr/lib.
            if (path.startsWith("/usr/")) {
                listed.put(path.substring("/usr".length()), path);
            }
        }
        Map<String, String> packages = new TreeMap<>();
        for (String name : view.list(DPKG_LISTS)) {
            if (name.endsWith(".list")) {
                String debian = name.substring(0, name.length() - ".list".length());
                String text =
                        new String(view.read(DPKG_LISTS + "/" + name).orElse(new byte[0]), StandardCharsets.UTF_8);
                text.lines()
                        .map(listed::get)
                        .filter(path -> path != null)
                        .forEach(path -> packages.put(path, debian.replaceFirst(":.*", "")));
            }
        }
        return packages;
    }

    @Override
    public void close() throws IOException {
        view.close();
    }
}
