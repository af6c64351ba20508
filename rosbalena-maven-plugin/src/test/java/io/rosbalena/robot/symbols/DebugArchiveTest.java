package io.rosbalena.robot.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.colcon.CompiledWorkspace;
import io.rosbalena.colcon.DebugFile;
import io.rosbalena.colcon.InstallTree;
import io.rosbalena.image.Layer;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.SharedResults;
import io.rosbalena.symbols.BuildId;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebugArchiveTest {
    private static final Optional<BuildId> ARM = Optional.of(new BuildId("aa11223344556677"));
    private static final Optional<BuildId> LEG = Optional.of(new BuildId("bb11223344556677"));

    @TempDir
    Path folder;

    @Test
    void tarFindsEachDebugFileWhereDebuggersLook() throws IOException {
        BlobStore store = BlobStore.open(folder.resolve("store"));
        Layer archive = write(
                store,
                tree("arm", file(store, "lib/libarm.so", ARM, "arm"), file(store, "lib/old", Optional.empty(), "old")),
                tree("leg", file(store, "lib/libarm.so", ARM, "copy"), file(store, "lib/libleg.so", LEG, "leg")));
        String path = store.path(archive.digest()).toString();

        assertThat(RealTool.run(folder, "tar", "-tzf", path).lines().filter(name -> !name.endsWith("/")))
                .containsExactly(
                        "usr/lib/debug/.build-id/aa/11223344556677.debug",
                        "usr/lib/debug/ros2_ws/install/arm/lib/old.debug",
                        "usr/lib/debug/.build-id/bb/11223344556677.debug");
        // Of two packages with the same library the first one's file serves both.
        assertThat(RealTool.run(folder, "tar", "-xzOf", path, "usr/lib/debug/.build-id/aa/11223344556677.debug"))
                .isEqualTo("arm");
    }

    @Test
    void theSameFilesGiveTheSameBytesInAnotherStore() throws IOException {
        BlobStore one = BlobStore.open(folder.resolve("one"));
        BlobStore two = BlobStore.open(folder.resolve("two"));

        assertThat(write(one, tree("arm", file(one, "lib/libarm.so", ARM, "arm")))
                        .digest())
                .isEqualTo(write(two, tree("arm", file(two, "lib/libarm.so", ARM, "arm")))
                        .digest())
                .isNotEqualTo(write(two, tree("arm", file(two, "lib/libarm.so", ARM, "moved")))
                        .digest());
    }

    @Test
    void aWorkspaceWithoutMachineCodeHasNoArchive() throws IOException {
        BlobStore store = BlobStore.open(folder.resolve("store"));

        assertThat(DebugArchive.write(workspace(tree("arm")), store, SharedResults.NONE))
                .isEmpty();
    }

    private static Layer write(BlobStore store, InstallTree... trees) throws IOException {
        return DebugArchive.write(workspace(trees), store, SharedResults.NONE).orElseThrow();
    }

    private static CompiledWorkspace workspace(InstallTree... trees) {
        TreeMap<String, InstallTree> all = new TreeMap<>();
        for (InstallTree tree : trees) {
            all.put(tree.packageName(), tree);
        }
        return new CompiledWorkspace(all, Set.of());
    }

    private static InstallTree tree(String name, DebugFile... files) {
        return new InstallTree(name, List.of(), List.of(files), List.of(), Digest.of(name), Digest.of(name));
    }

    private static DebugFile file(BlobStore store, String path, Optional<BuildId> id, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new DebugFile(TreePath.parse(path), id, store.put(bytes), bytes.length);
    }
}
