package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The same lock and sources give the same bytes, whoever builds them, where, when and with what. */
class IdentityIT {
    private final FirstCourier first = FirstCourier.get();

    private void assertSame(Path clone) throws IOException, InterruptedException {
        Images.of(clone).assertSameAs(Images.of(first.robot()));
    }

    /** Also with another umask, time zone and locale, and a store that has the downloads only. */
    @Test
    void anotherUserGetsTheSameBytes() throws IOException, InterruptedException {
        Path clone = first.again("second flat");
        Path store = first.downloads("second");
        assumeTrue(OtherUser.isRoot(), "skipped: only root can become another user");
        assumeTrue(OtherUser.canBuild(clone), "skipped: other users cannot read this checkout");
        OtherUser.in(clone, store)
                .with("-o", "-Drosbalena.locked")
                .run("package")
                .succeeded();
        assertSame(clone);
    }

    /**
     * Also by a root that may not mount, with the sources at another time, in a folder
     * with letters that are not ASCII.
     */
    @Test
    void oneProcessorAndAnotherZlibGiveTheSameBytes() throws IOException, InterruptedException {
        Path clone = first.again("mein R\u00f6b\u00f6t\u00e9r \u30ed\u30dc");
        Path store = first.downloads("third");
        try (Stream<Path> files = Files.walk(clone)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2003-02-01T00:00:00Z")));
            }
        }
        OtherZlib zlib = OtherZlib.in(Projects.store("zlib"));
        NestedMaven maven = NestedMaven.in(clone);
        if (OtherUser.isRoot()) {
            maven.under(withoutMounts());
        }
        NestedMaven.Result built = maven.under("taskset", "-c", "0")
                .store(store)
                .with("-o", "-Drosbalena.locked")
                .environment("LC_ALL", "C.UTF-8")
                .environment("LANGUAGE", "de")
                .environment("LD_PRELOAD", zlib.library().toString())
                .run("package")
                .succeeded();
        if (OtherUser.isRoot()) {
            assertThat(built.output()).contains("root without mounts", "warning RB337");
        }
        assertSame(clone);
        assumeTrue(zlib.wasUsed(), "skipped: this Java machine brings a zlib of its own; the rest is as it should be");
    }

    /**
     * Makes a root that may neither mount nor make namespaces, as in a container that was started without privileges:
     * without that capability, and below a changed root, where the kernel makes no user namespaces.
     */
    private static String[] withoutMounts() throws IOException {
        return new String[] {
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "sh",
            "-c",
            "root=$1; shift; mount --rbind / \"$root\"; exec chroot \"$root\" setpriv --bounding-set -sys_admin"
                    + " sh -c 'cd \"$1\"; shift; exec \"$@\"' sh \"$PWD\" \"$@\"",
            "sh",
            Files.createDirectories(Projects.store("changed root")).toString()
        };
    }

    @Test
    void anotherJavaMachineGivesTheSameBytes() throws IOException, InterruptedException {
        Path java = otherJava();
        Path clone = first.again("other java");
        NestedMaven.in(clone)
                .java(java)
                .store(first.downloads("fourth"))
                .with("-o", "-Drosbalena.locked")
                .run("package")
                .succeeded();
        assertSame(clone);
    }

    /** The newest installed Java that is not the one of this test. */
    private static Path otherJava() throws IOException {
        Path here = Path.of(System.getProperty("java.home")).toRealPath();
        try (Stream<Path> homes =
                Files.isDirectory(Path.of("/usr/lib/jvm")) ? Files.list(Path.of("/usr/lib/jvm")) : Stream.empty()) {
            List<Path> others = homes.filter(home -> Files.isExecutable(home.resolve("bin/javac")))
                    .filter(home -> !home.toAbsolutePath().normalize().equals(here) && !isLink(home))
                    .sorted()
                    .toList();
            assumeTrue(!others.isEmpty(), "skipped: no other JDK stands below /usr/lib/jvm");
            return others.get(others.size() - 1);
        }
    }

    private static boolean isLink(Path home) {
        return Files.isSymbolicLink(home);
    }

    @Test
    void namesBeyondAsciiAreCompiledInTheCLocaleToo() throws IOException, InterruptedException {
        Path utf8 = first.again("names");
        addNames(utf8);
        Path c = first.again("names in C");
        addNames(c);
        NestedMaven.in(utf8)
                .store(first.store())
                .with("-o", "-Drosbalena.locked")
                .environment("LC_ALL", "C.UTF-8")
                .run("package")
                .succeeded();
        // So that nothing of the first build is looked up.
        for (String stage : List.of("build", "compile")) {
            Program.of(
                            "rm",
                            "-r",
                            first.store().resolve("results").resolve(stage).toString())
                    .output();
        }
        NestedMaven.in(c)
                .store(first.store())
                .with("-o", "-Drosbalena.locked")
                .environment("LC_ALL", "C")
                .run("package")
                .succeeded();
        Images.of(c).assertSameAs(Images.of(utf8));
    }

    private static void addNames(Path project) throws IOException {
        Path one = project.resolve("src/perception_node");
        Path folder = Files.createDirectories(one.resolve("config/Gr\u00f6\u00dfen"));
        Files.writeString(folder.resolve("\u30ed\u30dc\ud83e\udd16.yaml"), "\u30ed\u30dc: 1\n");
        Files.createSymbolicLink(
                one.resolve("config/Verkn\u00fcpfung.yaml"), Path.of("Gr\u00f6\u00dfen/\u30ed\u30dc\ud83e\udd16.yaml"));
        Path setup = one.resolve("setup.py");
        String text = Files.readString(setup);
        assertThat(text).contains("data_files=[");
        Files.writeString(
                setup,
                text.replace(
                        "data_files=[",
                        "data_files=[\n"
                                + "        ('share/perception_node/Gr\u00f6\u00dfen', ['config/Gr\u00f6\u00dfen/\u30ed\u30dc\ud83e\udd16.yaml']),\n"
                                + "        ('share/perception_node', ['config/Verkn\u00fcpfung.yaml']),"));
    }
}
