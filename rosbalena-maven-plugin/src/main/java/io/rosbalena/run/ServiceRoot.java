package io.rosbalena.run;

import io.rosbalena.store.DirectoryRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The folder from which a service's root is made: links {@code lower/N} to its layers, {@code upper} and {@code work} for
 * overlayfs, and {@code root}, where it is mounted or copied to.
 *
 * @param folder in the store
 * @param layers directories of the layers, bottom first
 */
record ServiceRoot(Path folder, List<Path> layers) {
    ServiceRoot {
        layers = List.copyOf(layers);
    }

    /** Makes the folder's content. */
    static ServiceRoot create(Path folder, List<Path> layers) throws IOException {
        for (String name : List.of("lower", "upper", "work", "root")) {
            Files.createDirectories(folder.resolve(name));
        }
        for (int i = 0; i < layers.size(); i++) {
            Files.createSymbolicLink(folder.resolve("lower").resolve(Integer.toString(i)), layers.get(i));
        }
        return new ServiceRoot(folder, layers);
    }

    /** The layers as overlayfs takes them: relative to the folder, top first. */
    String lower() {
        return IntStream.iterate(layers.size() - 1, i -> i >= 0, i -> i - 1)
                .mapToObj(i -> "lower/" + i)
                .collect(Collectors.joining(":"));
    }

    Path root() {
        return folder.resolve("root");
    }

    /** Whether {@code root} holds a copy of all layers. */
    boolean isCopied() {
        return Files.exists(folder.resolve("copied"));
    }

    /** Copies all layers to {@code root}, for a machine that refuses overlayfs. */
    void copy() throws IOException {
        DirectoryRemoval.remove(root());
        MergedLayers.copy(layers, Files.createDirectory(root()));
        Files.createFile(folder.resolve("copied"));
    }
}
