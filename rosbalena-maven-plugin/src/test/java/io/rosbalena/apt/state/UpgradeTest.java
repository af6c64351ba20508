package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.apt.deb.SmallDeb;
import io.rosbalena.tree.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages that take the place of earlier versions in a base, file by file as the real dpkg leaves them. */
class UpgradeTest {
    @TempDir
    Path directory;

    private SmallDeb deb(String name, String version, String... lines) throws IOException {
        StringBuilder control = new StringBuilder("Package: " + name + "\nVersion: " + version
                + "\nMaintainer: A Person <person@example.org>\nDescription: a package\n");
        boolean hasArchitecture = false;
        for (String line : lines) {
            control.append(line).append('\n');
            hasArchitecture |= line.startsWith("Architecture:");
        }
        return new SmallDeb(directory, control + (hasArchitecture ? "" : "Architecture: amd64\n"));
    }

    @Test
    void whatTheNewVersionNoLongerHasIsHidden() throws IOException {
        Path before = deb("foo", "1")
                .file("usr/share/foo/kept", "1")
                .file("usr/share/foo/gone", "1")
                .file("usr/share/foo/emptied/only", "1")
                .file("usr/share/foo/with-more/mine", "1")
                .file("usr/share/common/foo", "1")
                .file("usr/share/alone/foo", "1")
                .symlink("usr/share/foo/link", "kept")
                .file("lib/foo/moved-to-usr", "same")
                .file("lib/foo/gone", "1")
                .control("shlibs", "libfoo 1 foo\n")
                .control("triggers", "interest old-name\ninterest both\ninterest /usr/share/old\n")
                .build();
        Path bar = deb("bar", "1")
                .file("usr/share/common/bar", "1")
                .file("lib/bar", "1")
                .control("triggers", "interest both\ninterest /usr/share/bar\n")
                .build();
        Path after = deb("foo", "2")
                .file("usr/share/foo/kept", "2")
                .file("usr/share/foo/added", "2")
                .file("usr/lib/foo/moved-to-usr", "same")
                .control("triggers", "interest new-name\ninterest /usr/share/new\n")
                .build();
        DpkgBase base = DpkgBase.in(directory)
                .install(before, bar)
                .write("usr/share/foo/with-more/somebody-s", "x")
                .isTheBase();
        base.install(after);
        assertThat(base.ours(after)).isEqualTo(base.real());
        assertThat(base.said()).isEmpty();
        assertThat(base.state(after).removed())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        "usr/share/foo/gone",
                        "usr/share/foo/emptied",
                        "usr/share/foo/link",
                        "usr/share/foo/with-more/mine",
                        "usr/share/common/foo",
                        "usr/share/alone",
                        "usr/lib/foo/gone",
                        "var/lib/dpkg/info/foo.shlibs",
                        "var/lib/dpkg/triggers/old-name");
    }

    @Test
    void conffilesThatWereChangedStay() throws IOException {
        SmallDeb before = deb("foo", "1");
        SmallDeb after = deb("foo", "2");
        StringBuilder conffiles = new StringBuilder();
        StringBuilder conffilesAfter = new StringBuilder();
        List<String> names = List.of(
                "a-plain",
                "b-edited",
                "c-edited-same",
                "d-deleted",
                "e-deleted-same",
                "f-obsolete",
                "g-obsolete-deleted",
                "h-out",
                "i-out-edited",
                "j-same-as-edited",
                "l-link",
                "m-mode");
        for (String name : names) {
            before.file("etc/foo/" + name, "1\n");
            conffiles.append("/etc/foo/").append(name).append('\n');
            if (name.contains("obsolete")) {
                continue;
            }
            if (name.contains("out")) {
                conffilesAfter.append("remove-on-upgrade ");
            } else {
                after.file("etc/foo/" + name, name.endsWith("-same") ? "1\n" : "2\n");
            }
            conffilesAfter.append("/etc/foo/").append(name).append('\n');
        }
        after.file("etc/foo/k-new", "2\n");
        conffilesAfter.append("/etc/foo/k-new\n");
        Path second = after.control("conffiles", conffilesAfter.toString()).build();
        DpkgBase base = DpkgBase.in(directory)
                .install(before.control("conffiles", conffiles.toString()).build());
        for (String edited : List.of("b-edited", "c-edited-same", "i-out-edited")) {
            base.write("etc/foo/" + edited, "mine\n");
        }
        base.write("etc/foo/j-same-as-edited", "2\n").write("etc/foo/k-new", "there before\n");
        for (String deleted : List.of("d-deleted", "e-deleted-same", "g-obsolete-deleted")) {
            Files.delete(base.file("etc/foo/" + deleted));
        }
        Files.move(base.file("etc/foo/l-link"), base.file("etc/foo/l-real"));
        Files.createSymbolicLink(base.file("etc/foo/l-link"), Path.of("l-real"));
        Files.setPosixFilePermissions(base.file("etc/foo/m-mode"), PosixFilePermissions.fromString("rw-------"));
        base.isTheBase().install(second);
        assertThat(base.ours(second)).isEqualTo(base.real());
        assertThat(base.texts("var/lib/dpkg/status", base.state(second)).get("real"))
                .contains("/etc/foo/f-obsolete", " obsolete", " remove-on-upgrade");
        assertThat(base.said()).filteredOn(line -> line.contains("RB266")).isNotEmpty();

        Path third = deb("foo", "3").file("usr/share/foo/x", "3").build();
        base.isTheBase().install(third);
        assertThat(base.ours(third)).isEqualTo(base.real());
    }

    @Test
    void filesDirectoriesAndLinksThatTakeEachOthersPlace() throws IOException {
        Path before = deb("foo", "1")
                .file("usr/share/foo/file-to-directory", "1")
                .file("usr/share/foo/directory-to-file/x", "1")
                .file("usr/share/foo/directory-to-link/y", "1")
                .file("usr/share/foo/target/z", "1")
                .symlink("usr/share/foo/link-to-directory", "target")
                .symlink("usr/share/foo/link-to-file", "target")
                .symlink("usr/share/foo/same-link", "target")
                .build();
        Path after = deb("foo", "2")
                .file("usr/share/foo/file-to-directory/inside", "2")
                .file("usr/share/foo/directory-to-file", "2")
                .symlink("usr/share/foo/directory-to-link", "target")
                .file("usr/share/foo/target/z", "2")
                .file("usr/share/foo/link-to-directory/in-target", "2")
                .file("usr/share/foo/link-to-file", "2")
                .symlink("usr/share/foo/same-link", "../foo/target")
                .build();
        DpkgBase base = DpkgBase.in(directory).install(before).isTheBase();
        base.install(after);
        assertThat(base.ours(after)).isEqualTo(base.real());
    }

    @Test
    void filesThatMoveToAnotherPackageStay() throws IOException {
        Path foo = deb("foo", "1")
                .file("usr/share/foo/program", "1")
                .file("usr/share/foo/data", "1")
                .file("etc/foo.conf", "1")
                .control("conffiles", "/etc/foo.conf\n")
                .build();
        Path bar = deb("bar", "1")
                .file("usr/share/bar/taken", "1")
                .file("usr/share/bar/own", "1")
                .control("md5sums", "c4ca4238a0b923820dcc509a6f75849b  usr/share/bar/taken\n")
                .build();
        Path keeper = deb("keeper", "5", "Replaces: baz")
                .file("usr/share/kept", "keeper's")
                .build();
        Path fooAfter = deb("foo", "2").file("usr/share/foo/program", "2").build();
        Path data = deb("foo-data", "2", "Replaces: foo (<< 2)", "Breaks: foo (<< 2)")
                .file("usr/share/foo/data", "2")
                .file("etc/foo.conf", "2")
                .control("conffiles", "/etc/foo.conf\n")
                .build();
        Path baz = deb("baz", "1", "Replaces: bar")
                .file("usr/share/bar/taken", "baz's")
                .file("usr/share/kept", "baz's")
                .file("usr/share/baz", "")
                .build();
        DpkgBase base = DpkgBase.in(directory).install(foo, bar, keeper).isTheBase();
        base.install(data, fooAfter, baz);
        assertThat(base.ours(fooAfter, data, baz)).isEqualTo(base.real());
        assertThat(base.state(fooAfter).removed()).extracting(Object::toString).contains("usr/share/foo/data");
    }

    @Test
    void aFileOfTwoPackagesIsRefusedAsDpkgRefusesIt() throws IOException {
        Path bar = deb("bar", "1").file("usr/share/bar/taken", "1").build();
        Path thief = deb("thief", "1").file("usr/share/bar/taken", "2").build();
        DpkgBase base = DpkgBase.in(directory).install(bar).isTheBase();
        base.state(thief);
        assertThat(base.said())
                .singleElement()
                .asString()
                .contains("RB265", "thief 1 has /usr/share/bar/taken", "bar 1 of the base");
    }

    @Test
    void namesInTheDatabaseChangeWithMultiArch() throws IOException {
        Path before = deb("libfoo1", "1")
                .file("usr/lib/libfoo.so.1", "1")
                .control("shlibs", "libfoo 1 x\n")
                .build();
        Path longer = deb("libfoo1.2", "1")
                .file("usr/lib/libfoo.so.1.2", "1")
                .control("shlibs", "x 1 x\n")
                .build();
        Path all = deb("was-all", "1", "Architecture: all")
                .file("usr/share/was-all", "1")
                .build();
        Path after = deb("libfoo1", "2", "Multi-Arch: same")
                .file("usr/lib/libfoo.so.1", "2")
                .build();
        Path allAfter = deb("was-all", "2").file("usr/share/was-all", "2").build();
        DpkgBase base = DpkgBase.in(directory).install(before, longer, all).isTheBase();
        base.install(after, allAfter);
        assertThat(base.ours(after, allAfter)).isEqualTo(base.real());
    }

    @Test
    void directoriesKeepTheOwnersAndModesThatTheyHaveInTheBase() throws IOException {
        Path deb = deb("foo", "1").file("var/spool/foo/x", "1").build();
        DpkgBase base = DpkgBase.in(directory).write("var/spool/foo/there", "1");
        Files.setPosixFilePermissions(base.file("var/spool/foo"), PosixFilePermissions.fromString("rwx------"));
        base.isTheBase().install(deb);
        assertThat(base.ours(deb)).isEqualTo(base.real());
    }

    /** An engine that unpacks a layer by itself would make up the directories above a whiteout, open to all. */
    @Test
    void theLayerThatHidesSaysHowTheDirectoriesAboveAre() throws IOException {
        Path before = deb("foo", "1")
                .file("var/spool/foo/deep/gone", "1")
                .file("var/spool/foo/kept", "1")
                .build();
        Path after = deb("foo", "2").file("var/spool/foo/kept", "1").build();
        DpkgBase base = DpkgBase.in(directory).install(before);
        Files.setPosixFilePermissions(base.file("var/spool/foo"), PosixFilePermissions.fromString("rwx------"));
        base.isTheBase();
        PlatformState state = base.state(after);
        assertThat(state.removed()).extracting(Object::toString).containsExactly("var/spool/foo/deep");
        assertThat(SmallFacts.find(state.tree(), "var/spool/foo").map(Entry::mode))
                .hasValue(0700);
        base.install(after);
        assertThat(base.ours(after)).isEqualTo(base.real());
    }

    @Test
    void whatTheBasesDpkgIsToldToLeaveOutStaysOut() throws IOException {
        SmallDeb before = deb("foo", "1").file("usr/share/man/man1/foo.1", "1");
        SmallDeb after = deb("foo", "2");
        for (String file : List.of(
                "usr/share/man/man1/foo.1",
                "usr/share/doc/foo/copyright",
                "usr/share/doc/foo/examples/deep/x",
                "usr/share/locale/de/foo.mo",
                "usr/share/locale/en/foo.mo",
                "usr/bin/foo")) {
            after.file(file, "2");
        }
        Path first = before.build();
        Path second = after.symlink("usr/share/man/link", "man1").build();
        DpkgBase base = DpkgBase.in(directory)
                .install(first)
                .write(
                        "etc/dpkg/dpkg.cfg.d/excludes",
                        "# minimal\npath-exclude=/usr/share/man/*\npath-exclude /usr/share/doc/*\n"
                                + "path-include=/usr/share/doc/*/copyright\n")
                .write("etc/dpkg/dpkg.cfg.d/ignored.dpkg-old", "path-exclude=/usr/bin/*\n")
                .write("etc/dpkg/dpkg.cfg", "path-exclude=\"/usr/share/locale/[!e]?/*.mo\"\n")
                .isTheBase()
                .options(
                        "--path-exclude=/usr/share/man/*",
                        "--path-exclude=/usr/share/doc/*",
                        "--path-include=/usr/share/doc/*/copyright",
                        "--path-exclude=/usr/share/locale/[!e]?/*.mo");
        base.install(second);
        assertThat(base.ours(second)).isEqualTo(base.real());
        assertThat(base.real())
                .containsKeys("usr/share/doc/foo/copyright", "usr/share/locale/en/foo.mo", "usr/bin/foo")
                .doesNotContainKeys("usr/share/man/man1/foo.1", "usr/share/locale/de/foo.mo");
    }
}
