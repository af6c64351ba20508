package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.apt.deb.SmallDeb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderCacheTest {
    private static final Path LIBRARIES = Path.of("/usr/lib/x86_64-linux-gnu");

    @TempDir
    Path directory;

    @Test
    void writesTheBytesThatLdconfigWrites() throws IOException {
        RealTool.require("ldconfig", "dpkg-deb");
        Path ldconfig = Path.of("/usr/sbin/ldconfig");
        Assumptions.assumeTrue(
                Files.isDirectory(LIBRARIES) && Files.isRegularFile(ldconfig),
                "skipped: this is no x86-64 Debian whose libraries could be taken");
        SmallDeb deb = SmallDeb.named(directory, "libraries")
                .file("etc/ld.so.conf", "include /etc/ld.so.conf.d/*.conf\n")
                .file("etc/ld.so.conf.d/b.conf", "# ours\n/opt/ros/lib # inline\n")
                .file("etc/ld.so.conf.d/a.conf", "/usr/local/lib\n/usr/lib/x86_64-linux-gnu\n")
                .bytes("usr/sbin/ldconfig", Files.readAllBytes(ldconfig));
        int taken = 0;
        for (Path library : list(LIBRARIES)) {
            String name = library.getFileName().toString();
            if (!ElfLibrary.isNamedLikeOne(name) || name.startsWith("ld-") || taken > 120) {
                continue;
            }
            String place = (taken % 7 == 0 ? "opt/ros/lib/" : "usr/lib/x86_64-linux-gnu/") + name;
            if (Files.isSymbolicLink(library)) {
                deb.symlink(place, Files.readSymbolicLink(library).toString());
            } else if (Files.size(library) < 500_000) {
                deb.bytes(place, Files.readAllBytes(library));
            }
            taken++;
        }
        deb.symlink("usr/lib/x86_64-linux-gnu/libdangling.so.1", "nowhere")
                .file("usr/lib/x86_64-linux-gnu/libtext.so", "INPUT(-lc)\n")
                .symlink("opt/ros/lib/libzz.so.7", "../../../usr/lib/x86_64-linux-gnu/libz.so.1");
        Path built = deb.build();
        PlatformState state = SmallFacts.state(SmallFacts.of(built));
        byte[] ours = SmallFacts.find(state.tree(), "etc/ld.so.cache")
                .orElseThrow()
                .content()
                .bytes();

        Path root = Files.createDirectory(directory.resolve("root"));
        RealTool.run(directory, "dpkg-deb", "-x", built.toString(), root.toString());
        for (String name : List.of("lib", "lib64", "bin", "sbin")) {
            Files.createDirectories(root.resolve("usr/" + name));
            Files.createSymbolicLink(root.resolve(name), Path.of("usr/" + name));
        }
        RealTool.run(directory, "ldconfig", "-r", root.toString());
        byte[] theirs = Files.readAllBytes(root.resolve("etc/ld.so.cache"));
        assertThat(LoaderCacheFile.parse(ours)).isEqualTo(LoaderCacheFile.parse(theirs));
        assertThat(LoaderCacheFile.parse(ours).orElseThrow().entries()).hasSizeGreaterThan(20);
        assertThat(ours).isEqualTo(theirs);
    }

    @Test
    void readsWhatItWritesAndMergesByPath() {
        LoaderEntry old = new LoaderEntry("libb.so.1", "/usr/lib/libb.so.1", 0x303, 0, 0);
        LoaderEntry added = new LoaderEntry("libb.so.10", "/usr/lib/libb.so.10", 0x303, 0, 0);
        LoaderEntry other = new LoaderEntry("liba.so", "/opt/lib/liba.so", 0x303, 0, 0);
        LoaderCacheFile file =
                new LoaderCacheFile(List.of(old), Optional.of("ldconfig (X) stable release version 2.36"));
        LoaderCacheFile merged = file.with(List.of(added, other, old), Optional.empty());
        assertThat(merged.entries()).containsExactly(added, old, other);
        assertThat(LoaderCacheFile.parse(merged.bytes())).hasValue(merged);
        assertThat(LoaderCacheFile.parse(new byte[100])).isEmpty();
    }

    @Test
    void comparesNumbersInNamesAsNumbers() {
        assertThat(LoaderEntry.compareNames("libx.so.9", "libx.so.10")).isNegative();
        assertThat(LoaderEntry.compareNames("libx.so.10", "libx.so.a")).isPositive();
        assertThat(LoaderEntry.compareNames("libx.so.1", "libx.so.1.2")).isNegative();
        assertThat(LoaderEntry.compareNames("libx.so", "libx.so")).isZero();
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
