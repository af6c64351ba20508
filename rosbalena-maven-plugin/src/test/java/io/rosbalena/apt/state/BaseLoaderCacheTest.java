package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.apt.deb.SmallDeb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loader's cache of a base with packages above it, entry for entry as the real ldconfig writes it for the whole. */
class BaseLoaderCacheTest {
    private static final Path LIBRARIES = Path.of("/usr/lib/x86_64-linux-gnu");

    @TempDir
    Path directory;

    /** Some libraries of this machine, each with its links. */
    private List<Path> libraries() throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(LIBRARIES), "skipped: this is no x86-64 Debian whose libraries could be taken");
        try (Stream<Path> files = Files.list(LIBRARIES)) {
            List<Path> found = files.filter(
                            file -> ElfLibrary.isNamedLikeOne(file.getFileName().toString()))
                    .filter(file -> !Files.isSymbolicLink(file) && Files.isRegularFile(file))
                    .filter(file -> file.toFile().length() < 300_000
                            && !file.getFileName().toString().startsWith("ld-"))
                    .sorted()
                    .limit(24)
                    .toList();
            Assumptions.assumeTrue(found.size() == 24, "skipped: there are too few libraries here");
            return found;
        }
    }

    private static SmallDeb with(SmallDeb deb, String folder, List<Path> libraries) throws IOException {
        for (Path library : libraries) {
            deb.bytes(folder + "/" + library.getFileName(), Files.readAllBytes(library));
        }
        return deb;
    }

    private SmallDeb deb(String name, String version) throws IOException {
        return new SmallDeb(
                directory,
                "Package: " + name + "\nVersion: " + version
                        + "\nArchitecture: amd64\nMaintainer: A <a@example.org>\nDescription: x\n");
    }

    @Test
    void theBasesConfigurationAndOursDecideTheDirectories() throws IOException {
        RealTool.require("ldconfig");
        List<Path> all = libraries();
        SmallDeb vendor = deb("vendor", "1")
                .file("etc/ld.so.conf", "include ld.so.conf.d/*.conf\n")
                .file("etc/ld.so.conf.d/10-vendor.conf", "/usr/lib/vendor/\ninclude vendor.d/[a-m]*/x?.conf\n")
                .file("etc/ld.so.conf.d/vendor.d/a/x1.conf", "/opt/nested # why\n")
                .file("etc/ld.so.conf.d/vendor.d/z/x1.conf", "/opt/never\n")
                .file("etc/ld.so.conf.d/vendor.d/.hidden/x1.conf", "/opt/never\n");
        with(vendor, "usr/lib/vendor", all.subList(0, 6));
        with(vendor, "opt/nested", all.subList(6, 9));
        with(vendor, "opt/never", all.subList(9, 11));
        with(vendor, "opt/later", all.subList(11, 14));
        with(vendor, "usr/lib/x86_64-linux-gnu", all.subList(14, 17));
        DpkgBase base = DpkgBase.in(directory).install(vendor.build());
        ldconfig(base);
        base.isTheBase();

        SmallDeb upgraded = deb("vendor", "2")
                .file("etc/ld.so.conf", "include ld.so.conf.d/*.conf\n")
                .file("etc/ld.so.conf.d/10-vendor.conf", "/usr/lib/vendor/\ninclude vendor.d/[a-m]*/x?.conf\n")
                .file("etc/ld.so.conf.d/vendor.d/a/x1.conf", "/opt/nested # why\n");
        with(upgraded, "usr/lib/vendor", all.subList(2, 6));
        with(upgraded, "opt/nested", all.subList(6, 9));
        with(upgraded, "opt/later", all.subList(11, 14));
        with(upgraded, "usr/lib/x86_64-linux-gnu", all.subList(14, 16));
        SmallDeb added = deb("added", "1").file("etc/ld.so.conf.d/20-later.conf", "/opt/ours\n/opt/later=libc6\n");
        with(added, "opt/ours", all.subList(17, 20));
        with(added, "usr/lib/vendor", all.subList(20, 22));
        Path first = upgraded.build();
        Path second = added.build();
        PlatformState state = base.state(first, second);
        base.install(first, second);
        ldconfig(base);
        LoaderCacheFile real = LoaderCacheFile.parse(Files.readAllBytes(base.file("etc/ld.so.cache")))
                .orElseThrow();
        LoaderCacheFile ours = LoaderCacheFile.parse(SmallFacts.find(state.tree(), "etc/ld.so.cache")
                        .orElseThrow()
                        .content()
                        .bytes())
                .orElseThrow();
        assertThat(ours.entries()).isEqualTo(real.entries());
        assertThat(ours).isEqualTo(real);
        assertThat(real.entries()).extracting(LoaderEntry::path).anyMatch(path -> path.startsWith("/opt/later/"));
        assertThat(real.entries()).extracting(LoaderEntry::path).anyMatch(path -> path.startsWith("/opt/nested/"));
    }

    private void ldconfig(DpkgBase base) throws IOException {
        RealTool.run(directory, "ldconfig", "-r", base.file("").toString());
    }
}
