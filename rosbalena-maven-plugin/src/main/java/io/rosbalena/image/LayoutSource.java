package io.rosbalena.image;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.BlobWriter;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An image in a folder, see OCI image-spec {@code image-layout.md}: {@code oci:PATH[#REF]}. */
public final class LayoutSource implements ManifestSource {
    private final Path folder;
    private final Optional<String> ref;

    /**
     * An image in a layout.
     *
     * @param ref its name in the index or its digest; may be left out where there is one image only
     */
    public LayoutSource(Path folder, Optional<String> ref) {
        this.folder = folder;
        this.ref = ref;
    }

    @Override
    public String name() {
        return "oci:" + folder + ref.map(r -> "#" + r).orElse("");
    }

    @Override
    public byte[] top() throws IOException {
        Path index = folder.resolve("index.json");
        if (!Files.isRegularFile(index)) {
            throw BaseProblem.missing(name(), "there is no file " + index);
        }
        return LayoutIndex.choose(read(index), ref, "oci:" + folder);
    }

    @Override
    public byte[] document(Descriptor descriptor) throws IOException {
        return read(blob(descriptor.digest()));
    }

    @Override
    public void fetch(List<Descriptor> blobs, BlobStore store, Progress progress) throws IOException {
        for (Descriptor descriptor : blobs) {
            try (InputStream in = Files.newInputStream(blob(descriptor.digest()));
                    BlobWriter out = store.create()) {
                in.transferTo(out);
                out.commit(descriptor.digest());
            } catch (NoSuchFileException e) {
                throw BaseProblem.malformed(
                        name(), new MalformedImageException("the file " + e.getFile() + " is missing"));
            }
        }
    }

    private Path blob(Digest digest) {
        return folder.resolve("blobs").resolve("sha256").resolve(digest.hex());
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) LARGEST_MANIFEST + 1);
            if (bytes.length > LARGEST_MANIFEST) {
                throw new MalformedImageException("the file " + file + " has more than 4 MiB");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new MalformedImageException("the file " + file + " is missing");
        }
    }
}
