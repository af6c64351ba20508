package io.rosbalena.robot.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.image.ArchiveSource;
import io.rosbalena.image.BaseImage;
import io.rosbalena.image.BaseImages;
import io.rosbalena.image.Descriptor;
import io.rosbalena.image.ImageManifest;
import io.rosbalena.image.LayoutSource;
import io.rosbalena.image.ManifestSource;
import io.rosbalena.image.Platform;
import io.rosbalena.registry.CacheRepository;
import io.rosbalena.registry.LocalRegistry;
import io.rosbalena.registry.Logins;
import io.rosbalena.registry.Registries;
import io.rosbalena.registry.TestImages;
import io.rosbalena.robot.surroundings.CacheSettings;
import io.rosbalena.robot.surroundings.Console;
import io.rosbalena.robot.surroundings.SharedCache;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.store.SharedList;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bases and finished images whose own source is gone, from Debian's docker-registry as a cache. */
class CachedSourceTest {
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final TransferSettings NETWORK = TransferSettings.standard();

    @TempDir
    private Path folder;

    private final List<Finding> told = new ArrayList<>();
    private LocalRegistry registry;
    private BaseImage original;
    private Descriptor layer;

    @BeforeEach
    void giveAnImageToTheCache() throws Exception {
        registry = LocalRegistry.open(folder);
        // Whole blocks: umoci's insert leaves the filling of the last one out, which tar calls an error.
        TestImages images = TestImages.create(folder).add("one", "amd64", 100 * 1024);
        BlobStore store = BlobStore.open(folder.resolve("first"));
        original = new BaseImages(store)
                .read(new LayoutSource(images.layout(), Optional.of("one")), AMD64, Progress.SILENT);
        ImageManifest manifest = ImageManifest.parse(store.bytes(original.manifest()));
        layer = manifest.layers().get(0);
        List<Digest> blobs = List.of(original.manifest(), manifest.config().digest(), layer.digest());
        CacheRepository cache = CacheRepository.parse(registry.host() + "/cache", new Registries(NETWORK, Logins.NONE));
        for (Digest blob : blobs) {
            assertThat(cache.push(blob, store)).isTrue();
        }
        List<SharedList.File> files = new ArrayList<>();
        for (Digest blob : blobs) {
            files.add(new SharedList.File(blob, store.size(blob)));
        }
        SharedList list = new SharedList("application/x-test", files, new TreeMap<>(Map.of("by", "a test")));
        cache.keep("name", list, store);
        assertThat(cache.keeps("name")).isTrue();
        assertThat(cache.keeps("name", list)).isTrue();
        assertThat(cache.list("name")).contains(list);
        assertThat(cache.keeps("name", new SharedList("application/x-test", files, new TreeMap<>())))
                .isFalse();
        assertThat(cache.keeps("other")).isFalse();
        assertThat(cache.list("other")).isEmpty();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private Surroundings machine() throws IOException {
        BlobStore store = BlobStore.open(folder.resolve("second"));
        CacheSettings cache = new CacheSettings(Optional.of(registry.host() + "/cache"), List.of(), Optional.empty());
        Console console = new Listening();
        return new Surroundings(
                store,
                NETWORK,
                new HttpTransfer(NETWORK),
                new Registries(NETWORK, Logins.NONE),
                SharedCache.at(cache, NETWORK, Logins.NONE, store, console),
                Clock.systemUTC(),
                console);
    }

    private BaseImage read(ManifestSource origin, Surroundings machine) throws IOException {
        return new BaseImages(machine.store())
                .read(new CachedSource(origin, Optional.of(original.manifest()), machine), AMD64, Progress.SILENT);
    }

    @Test
    void allOfABaseComesFromTheCache() throws IOException {
        Surroundings machine = machine();

        assertThat(read(new LayoutSource(folder.resolve("gone"), Optional.empty()), machine))
                .isEqualTo(original);
        assertThat(told).isEmpty();
    }

    @Test
    void whatTheCacheHasLostComesFromTheSource() throws IOException {
        for (Digest lost : List.of(layer.digest(), original.manifest())) {
            Files.delete(registry.file(lost));
        }
        assertThat(read(new LayoutSource(folder.resolve("layout"), Optional.of("one")), machine()))
                .isEqualTo(original);
    }

    @Test
    void whatWasChangedInTheCacheIsNotUsed() throws IOException {
        for (Digest changed : List.of(layer.digest(), original.manifest())) {
            byte[] bytes = Files.readAllBytes(registry.file(changed));
            bytes[20] ^= 1;
            Files.write(registry.file(changed), bytes);
        }
        assertThat(read(new LayoutSource(folder.resolve("layout"), Optional.of("one")), machine()))
                .isEqualTo(original);
        assertThat(told).extracting(Finding::id).containsExactly("RB518", "RB518");
    }

    @Test
    void neitherCacheNorSource() throws IOException {
        Files.delete(registry.file(layer.digest()));
        Surroundings machine = machine();

        assertThatThrownBy(() ->
                        read(new ArchiveSource(folder.resolve("gone.tar"), Optional.empty(), machine.store()), machine))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("gone.tar");
    }

    private final class Listening implements Console {
        @Override
        public void stage(String name) {}

        @Override
        public void message(String text) {}

        @Override
        public synchronized void finding(Finding finding) {
            told.add(finding);
        }

        @Override
        public void expect(long bytes) {}

        @Override
        public void transferred(long bytes) {}
    }
}
