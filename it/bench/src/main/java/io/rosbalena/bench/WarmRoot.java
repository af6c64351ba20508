package io.rosbalena.bench;

import io.rosbalena.sandbox.Roots;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The build root that is there already. */
final class WarmRoot {
    private final BlobStore store;
    private final Digest key;

    private WarmRoot(BlobStore store, Digest key) {
        this.store = store;
        this.key = key;
    }

    /** That of the courier, which has been built. */
    static WarmRoot of(Workplace workplace) throws IOException, InterruptedException {
        new Robots(workplace).courier();
        try (Stream<Path> roots = Files.list(workplace.store().resolve("roots"))) {
            Path newest = roots.filter(root -> !root.getFileName().toString().startsWith("."))
                    .max(Comparator.comparingLong(root -> root.toFile().lastModified()))
                    .orElseThrow(() -> new IllegalStateException("the courier was built without a root"));
            return new WarmRoot(
                    BlobStore.open(workplace.store()),
                    new Digest(newest.getFileName().toString()));
        }
    }

    Path directory() {
        return Roots.in(store).directory(key);
    }

    /** Checks that the root is whole, then runs a command inside. */
    void run(List<SandboxCommand.Bind> binds, String directory, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path root = Roots.in(store)
                .unpack(
                        key,
                        out -> {
                            throw new IllegalStateException(
                                    "the root was changed, or made by another version: run mvn clean");
                        },
                        Progress.SILENT);
        Sandbox sandbox = Sandboxes.choose();
        List<String> output = new ArrayList<>();
        int status =
                sandbox.run(new SandboxCommand(root, binds, directory, environment, List.of(arguments)), output::add);
        if (status != 0) {
            throw new IllegalStateException("ends with " + status + ":\n" + String.join("\n", output));
        }
    }
}
