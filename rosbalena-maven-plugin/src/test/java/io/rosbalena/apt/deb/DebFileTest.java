package io.rosbalena.apt.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.RealTool;
import io.rosbalena.finding.FindingException;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebFileTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"xz", "zstd", "gzip", "none"})
    void readsEveryCompressionThatDpkgWrites(String compression) throws IOException {
        Path deb = SmallDeb.named(directory, "small")
                .compression(compression)
                .control("conffiles", "/etc/small.conf\n")
                .control("postinst", "#!/bin/sh\nldconfig\n")
                .control("triggers", "# made by hand\ninterest-noawait /usr/lib # inline\n")
                .file("etc/small.conf", "a=1\n")
                .symlink("usr/share/small/link", "../other")
                .build();
        try (DebFile file = DebFile.open(deb)) {
            assertThat(file.control().packageName()).isEqualTo("small");
            assertThat(file.control().version()).isEqualTo("1.0-1");
            assertThat(file.control().qualifiedName()).isEqualTo("small");
            assertThat(file.control().conffiles())
                    .containsExactly(new ControlArchive.Conffile("/etc/small.conf", false));
            assertThat(file.control().triggers()).containsExactly(List.of("interest-noawait", "/usr/lib"));
            assertThat(file.control().members().get("postinst").mode()).isEqualTo(0755);
            assertThat(file.data().listing()).startsWith("/.", "/etc", "/etc/small.conf");
            Entry conf = find(file, "etc/small.conf");
            assertThat(conf.content().bytes()).asString().isEqualTo("a=1\n");
            assertThat(conf.content().bytes()).as("read again").asString().isEqualTo("a=1\n");
            assertThat(find(file, "usr/share/small/link").target()).isEqualTo("../other");
        }
    }

    @Test
    void readsABigPackageInAnyOrder() throws IOException {
        byte[] first = new byte[6 << 20];
        byte[] second = new byte[5 << 20];
        new Random(1).nextBytes(first);
        new Random(2).nextBytes(second);
        Path deb = SmallDeb.named(directory, "big")
                .compression("none")
                .bytes("a", first)
                .bytes("b", second)
                .build();
        try (DebFile file = DebFile.open(deb)) {
            assertThat(find(file, "b").content().bytes()).isEqualTo(second);
            assertThat(find(file, "a").content().bytes()).isEqualTo(first);
        }
    }

    @Test
    void putsTheContentOfHardLinksAtTheFirstPath() throws IOException {
        Path deb = SmallDeb.named(directory, "linked")
                .file("usr/bin/perl5", "perl")
                .hardlink("usr/bin/perl", "usr/bin/perl5")
                .hardlink("usr/lib/perl", "usr/bin/perl5")
                .build();
        try (DebFile file = DebFile.open(deb)) {
            Entry first = find(file, "usr/bin/perl");
            assertThat(first.isFile()).isTrue();
            assertThat(first.content().bytes()).asString().isEqualTo("perl");
            assertThat(find(file, "usr/bin/perl5").target()).isEqualTo("usr/bin/perl");
            assertThat(find(file, "usr/lib/perl").target()).isEqualTo("usr/bin/perl");
        }
    }

    @Test
    void refusesALinkThatClimbsAboveTheRoot() throws IOException {
        Path deb = SmallDeb.named(directory, "evil")
                .symlink("usr/share/evil", "../../../etc")
                .build();
        refuses(deb, "the link /usr/share/evil leaves the root: \"../../../etc\"");
    }

    @Test
    void refusesANameThatALayerOfAnImageWouldTakeForAWhiteout() throws IOException {
        Path deb = SmallDeb.named(directory, "evil").file("etc/.wh.passwd", "").build();
        refuses(deb, "/etc/.wh.passwd would hide another file, were it in a layer of an image");
    }

    @Test
    void refusesAConffileAboveTheRoot() throws IOException {
        RealTool.require("ar", "tar");
        Path deb = SmallDeb.named(directory, "evil").compression("none").build();
        Path work = Files.createDirectory(directory.resolve("work"));
        Files.writeString(work.resolve("control"), "Package: evil\nVersion: 1\nArchitecture: all\n");
        Files.writeString(work.resolve("conffiles"), "/etc/../../passwd\n");
        RealTool.run(work, "tar", "-cf", "control.tar", "./control", "./conffiles");
        RealTool.run(work, "ar", "rD", deb.toString(), "control.tar");
        refuses(deb, "not a path inside a tree: \"etc/../../passwd\"");
    }

    @Test
    void refusesAFileBelowALink() throws IOException {
        RealTool.require("ar", "tar");
        Path deb = SmallDeb.named(directory, "evil").compression("none").build();
        Path work = Files.createDirectory(directory.resolve("work"));
        Files.createSymbolicLink(work.resolve("etc"), Path.of("/somewhere"));
        RealTool.run(work, "tar", "-cf", "data.tar", "./etc");
        Files.delete(work.resolve("etc"));
        Files.createDirectory(work.resolve("etc"));
        Files.writeString(work.resolve("etc/passwd"), "root::0:0::/:/bin/sh");
        RealTool.run(work, "tar", "-rf", "data.tar", "./etc/passwd");
        RealTool.run(work, "ar", "rD", deb.toString(), "data.tar");
        refuses(deb, "/etc/passwd stands below /etc, which is no directory");
    }

    @Test
    void refusesNamesAboveTheRootDevicesAndMissingMembers() throws IOException {
        RealTool.require("ar", "tar");
        Path deb = SmallDeb.named(directory, "evil").compression("none").build();
        Path work = Files.createDirectory(directory.resolve("work"));
        Files.writeString(directory.resolve("passwd"), "x");
        RealTool.run(work, "tar", "-P", "-cf", "data.tar", "../passwd");
        RealTool.run(work, "ar", "rD", deb.toString(), "data.tar");
        refuses(deb, "the name \"../passwd\" leaves the root");
        RealTool.run(work, "tar", "-cf", "data.tar", "-C", "/", "dev/null");
        RealTool.run(work, "ar", "rD", deb.toString(), "data.tar");
        refuses(deb, "/dev/null is a device node, which is never unpacked");
        RealTool.run(work, "ar", "dD", deb.toString(), "data.tar");
        refuses(deb, "its member data.tar is missing");
        RealTool.run(work, "ar", "dD", deb.toString(), "debian-binary");
        refuses(deb, "its first member is \"control.tar\" where debian-binary is expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xz", "zstd", "gzip", "none"})
    void refusesATruncatedPackageWhereverItIsCut(String compression) throws IOException {
        byte[] noise = new byte[200_000];
        new Random(3).nextBytes(noise);
        Path deb = SmallDeb.named(directory, "small")
                .compression(compression)
                .bytes("usr/share/noise", noise)
                .build();
        byte[] whole = Files.readAllBytes(deb);
        for (int length : new int[] {0, 7, 40, 100, 180, 300, 1000, 100_000, whole.length - 500, whole.length - 2}) {
            Path cut = Files.write(directory.resolve("cut.deb"), Arrays.copyOf(whole, length));
            refuses(cut, "cut.deb cannot be used: ");
        }
    }

    @Test
    void refusesDamagedBytes() throws IOException {
        byte[] noise = new byte[200_000];
        new Random(3).nextBytes(noise);
        for (String compression : List.of("xz", "zstd", "gzip")) {
            Path deb = SmallDeb.named(directory, "small")
                    .compression(compression)
                    .bytes("usr/share/noise", noise)
                    .build();
            byte[] bytes = Files.readAllBytes(deb);
            Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 9, (byte) 0x55);
            refuses(Files.write(deb, bytes), "its member data.tar");
        }
    }

    /** A small one is unpacked in Java, one with much noise by a program where there is one. */
    @ParameterizedTest
    @CsvSource({"xz, 0", "xz, 200000", "zstd, 0", "gzip, 0"})
    void refusesAPackageThatUnpacksToAnAbsurdSize(String compression, int noise) throws IOException {
        byte[] bytes = new byte[noise];
        new Random(3).nextBytes(bytes);
        Path deb = SmallDeb.named(directory, "bomb")
                .compression(compression)
                .bytes("usr/share/noise", bytes)
                .bytes("usr/share/zeros", new byte[80 << 20])
                .build();
        refuses(deb, "it unpacks to more than 64 MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xz", "zst", "gz"})
    void refusesAControlMemberThatUnpacksToAnAbsurdSize(String suffix) throws IOException {
        RealTool.require("ar", "tar", "xz", "zstd", "gzip");
        Path deb = SmallDeb.named(directory, "bomb").compression("none").build();
        Path work = Files.createDirectory(directory.resolve("work"));
        Files.write(work.resolve("zeros"), new byte[65 << 20]);
        RealTool.run(work, "tar", "-acf", "control.tar." + suffix, "./zeros");
        RealTool.run(work, "ar", "rDb", "data.tar", deb.toString(), "control.tar." + suffix);
        RealTool.run(work, "ar", "dD", deb.toString(), "control.tar");
        refuses(deb, "its control member unpacks to more than 64 MiB");
    }

    private static void refuses(Path deb, String message) {
        assertThatThrownBy(() -> {
                    try (DebFile file = DebFile.open(deb)) {
                        file.data();
                    }
                })
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("error RB240 ")
                .hasMessageContaining(message);
    }

    private static Entry find(DebFile file, String path) throws IOException {
        return file.data().entries().stream()
                .filter(entry -> entry.path().equals(TreePath.parse(path)))
                .findFirst()
                .orElseThrow();
    }
}
