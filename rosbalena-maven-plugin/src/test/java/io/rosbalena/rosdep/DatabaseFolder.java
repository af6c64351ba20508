package io.rosbalena.rosdep;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Databases on disk for a test, read without a network. */
final class DatabaseFolder {
    static final TargetOs JAMMY = new TargetOs("ubuntu", "jammy");

    private final Path folder;

    DatabaseFolder(Path folder) {
        this.folder = folder;
    }

    DatabaseFolder write(String path, String... lines) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.resolve("..").normalize());
            Files.writeString(file, String.join("\n", lines) + "\n");
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RosdepSource source(String text) {
        return RosdepSource.parse(text, folder);
    }

    /** Databases in this order; a last one named index… is the index. */
    RosdepSources sources(String... texts) {
        List<RosdepSource> databases = Stream.of(texts)
                .filter(text -> !text.startsWith("index"))
                .map(this::source)
                .toList();
        Optional<RosdepSource> index = Stream.of(texts)
                .filter(text -> text.startsWith("index"))
                .map(this::source)
                .findFirst();
        return new RosdepSources(List.of(), databases, index, "humble");
    }

    RosdepDatabase open(RosdepSources sources, Map<String, Digest> known) {
        return RosdepDatabase.open(
                sources, known, new HttpTransfer(TransferSettings.standard().withOffline(true)), store());
    }

    RosdepDatabase open(String... texts) {
        return open(sources(texts), Map.of());
    }

    BlobStore store() {
        try {
            return BlobStore.open(folder.resolve("store"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
