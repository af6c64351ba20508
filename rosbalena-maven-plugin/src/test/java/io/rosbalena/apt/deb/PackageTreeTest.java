package io.rosbalena.apt.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rosbalena.RealTool;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageTreeTest {
    @TempDir
    Path directory;

    @Test
    void movesWhatStandsBelowLinksOfTheBaseAndWritesNoDirectoryOverThem() throws IOException {
        Path deb = SmallDeb.named(directory, "merged")
                .file("bin/tool", "x")
                .file("usr/bin/other", "x")
                .hardlink("sbin/tool", "bin/tool")
                .file("lib/x/y", "x")
                .symlink("var/run/socket", "/x")
                .build();
        try (DebFile file = DebFile.open(deb)) {
            assertThat(PackageTree.of(file, Placement.at(PathRewrite.DEBIAN)).entries())
                    .filteredOn(entry -> !entry.path().startsWith(PackageTree.INFO))
                    .extracting(entry -> entry.path().text(), Entry::kind, Entry::target)
                    .containsExactly(
                            tuple("run", Entry.Kind.DIRECTORY, ""),
                            tuple("run/socket", Entry.Kind.SYMLINK, "/x"),
                            tuple("usr", Entry.Kind.DIRECTORY, ""),
                            tuple("usr/bin", Entry.Kind.DIRECTORY, ""),
                            tuple("usr/bin/other", Entry.Kind.FILE, ""),
                            tuple("usr/bin/tool", Entry.Kind.FILE, ""),
                            tuple("usr/lib", Entry.Kind.DIRECTORY, ""),
                            tuple("usr/lib/x", Entry.Kind.DIRECTORY, ""),
                            tuple("usr/lib/x/y", Entry.Kind.FILE, ""),
                            tuple("usr/sbin", Entry.Kind.DIRECTORY, ""),
                            tuple("usr/sbin/tool", Entry.Kind.HARDLINK, "usr/bin/tool"),
                            tuple("var", Entry.Kind.DIRECTORY, ""));
        }
    }

    @Test
    void leavesTheLinksThemselvesWhereAPackageShipsThem() throws IOException {
        Path deb = SmallDeb.named(directory, "base").symlink("bin", "usr/bin").build();
        try (DebFile file = DebFile.open(deb)) {
            assertThat(PackageTree.of(file, Placement.at(PathRewrite.DEBIAN)).entries())
                    .extracting(entry -> entry.path().text())
                    .contains("bin")
                    .doesNotContain("usr/bin");
        }
    }

    @Test
    void keepsTheTimesOfFilesAndGivesDirectoriesTheConstantOne() throws IOException {
        Path deb = SmallDeb.named(directory, "times").file("usr/file", "x").build();
        try (DebFile file = DebFile.open(deb)) {
            assertThat(PackageTree.of(file, Placement.at(PathRewrite.DEBIAN)).entries())
                    .filteredOn(entry -> !entry.isFile() || entry.path().startsWith(PackageTree.INFO))
                    .extracting(Entry::mtime)
                    .containsOnly(Entry.EPOCH);
            assertThat(file.data().entries()).extracting(Entry::mtime).doesNotContain(Entry.EPOCH);
        }
    }

    @Test
    void setsTheOwnersAndModesThatScriptsWouldHaveSet() throws IOException {
        Path deb = SmallDeb.named(directory, "agent").file("usr/bin/agent", "x").build();
        TreePath agent = TreePath.parse("usr/bin/agent");
        try (DebFile file = DebFile.open(deb)) {
            assertThat(PackageTree.of(
                                    file,
                                    Placement.at(PathRewrite.DEBIAN).with(Map.of(agent, new Ownership(02755, 0, 101))))
                            .entries())
                    .filteredOn(entry -> entry.path().equals(agent))
                    .extracting(Entry::mode, Entry::gid)
                    .containsExactly(tuple(02755, 101L));
        }
    }

    @Test
    void writesThePackagesPartOfTheDatabaseAsDpkgDoes() throws IOException {
        RealTool.require("dpkg");
        Path deb = new SmallDeb(directory, """
                        Package: libsmall
                        Version: 1.0
                        Architecture: %s
                        Multi-Arch: same
                        Maintainer: A Person <person@example.org>
                        Description: a library
                        """.formatted(RealTool.run(directory, "dpkg", "--print-architecture")
                        .strip()))
                .control("md5sums", "d41d8cd98f00b204e9800998ecf8427e  usr/lib/libsmall.so\n")
                .control("shlibs", "libsmall 1 libsmall\n")
                .control("templates", "Template: a/b\nType: string\n")
                .control("triggers", "activate-noawait ldconfig\n")
                .file("usr/lib/libsmall.so", "")
                .symlink("usr/lib/libsmall.so.1", "libsmall.so")
                .build();
        Map<String, String> ours = new TreeMap<>();
        try (DebFile file = DebFile.open(deb)) {
            for (Entry entry :
                    PackageTree.of(file, Placement.at(PathRewrite.NONE)).entries()) {
                if (entry.path().parent().equals(PackageTree.INFO)) {
                    ours.put(
                            entry.path().name(),
                            new String(entry.content().bytes(), java.nio.charset.StandardCharsets.UTF_8));
                }
            }
        }
        Path root = Files.createDirectory(directory.resolve("installed"));
        RealTool.run(
                directory,
                "dpkg",
                "--force-not-root",
                "--force-bad-path",
                "--log=/dev/null",
                "--root=" + root,
                "--unpack",
                deb.toString());
        Map<String, String> theirs = new TreeMap<>();
        try (Stream<Path> files = Files.list(root.resolve(PackageTree.INFO.text()))) {
            for (Path file : files.filter(file -> !file.endsWith("format")).toList()) {
                theirs.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(ours).isEqualTo(theirs);
    }
}
