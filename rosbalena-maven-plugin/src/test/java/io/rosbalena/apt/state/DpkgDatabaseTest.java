package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.apt.deb.SmallDeb;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DpkgDatabaseTest {
    /** Everything in which dpkg's own spelling differs from what a packager may write. */
    private static final String ODD = """
            X-Early:   some  value\s\s
            package: odd
            version: 0:1.0-1
            Architecture: all
            Multi-Arch: no
            Essential: no
            Protected: yes
            priority: Optional
            Section:
            Source:
             odd (0:1.0-1)
            Installed-Size: 12
            maintainer:  Some One <a@b.c>\s\s
            Depends: aa(>=1),bb:any ( = 0:2.0 ) |cc,
             dd (<< 3), ee (>>1:4)
            Provides: zz, yy(=0:1)
            Breaks: foo (<= 1)
            Homepage: http://example.org
            Empty:
            Package-Type: deb
            X-Multi: line one\s\s
             line two\s\s
             .
             line three\s\s
            Origin: me
            Bugs: debbugs://x
            Tag: a
            Description: short\s\s\s
             long one\s\s
              indented
             .
             last\s\s
            License: BSD
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void needsDpkg() {
        RealTool.require("dpkg");
    }

    @Test
    void writesStatusByteForByteAsDpkgDoes() throws IOException {
        SmallDeb odd = new SmallDeb(directory, ODD)
                .control("conffiles", "/etc/b\n/etc/a\nremove-on-upgrade /etc/gone\n")
                .file("etc/a", "1\n")
                .file("etc/b", "2\n");
        SmallDeb plain = SmallDeb.named(directory, "a-plain.one");
        Path first = odd.build();
        Path second = plain.build();
        PlatformState state = SmallFacts.state(SmallFacts.of(first), SmallFacts.of(second));
        assertThat(SmallFacts.text(state.tree(), "var/lib/dpkg/status"))
                .isEqualTo(Files.readString(install(first, second).resolve("status")));
    }

    @Test
    void writesTriggersAsDpkgDoes() throws IOException {
        SmallDeb deb = SmallDeb.named(directory, "interested")
                .control(
                        "triggers",
                        "# why\ninterest a-b\ninterest-noawait /usr/x\ninterest-await /usr/y\nactivate foo\ninterest c\n");
        Path built = deb.build();
        PlatformState state = SmallFacts.state(SmallFacts.of(built));
        Path theirs = install(built).resolve("triggers");
        for (String name : List.of("File", "a-b", "c", "Unincorp")) {
            assertThat(SmallFacts.text(state.tree(), "var/lib/dpkg/triggers/" + name))
                    .isEqualTo(Files.readString(theirs.resolve(name)));
        }
        assertThat(SmallFacts.find(state.tree(), "var/lib/dpkg/triggers/foo")).isEmpty();
    }

    @Test
    void addsToTheStatusOfABaseAndReplacesWhatIsUpgraded() throws IOException {
        String before = """
                Package: kept
                Status: install ok installed
                Architecture: amd64
                Version: 1

                Package: upgraded
                Status: install ok installed
                Architecture: amd64
                Version: 0.1

                """;
        DebFacts upgraded = SmallFacts.of(SmallDeb.named(directory, "upgraded"));
        DebFacts added = SmallFacts.of(SmallDeb.named(directory, "added"));
        PlatformState state = PlatformState.of(new PlatformInput(
                "amd64",
                List.of(upgraded, added),
                new TreeMap<>(),
                Set.of("added", "upgraded"),
                io.rosbalena.apt.deb.PathRewrite.DEBIAN,
                new MapBase(Map.of(
                        "/var/lib/dpkg/status",
                        before,
                        "/var/lib/apt/extended_states",
                        "Package: kept\nArchitecture: amd64\nAuto-Installed: 1\n\n")),
                UnknownScripts.WARN,
                new TreeMap<>()));
        assertThat(SmallFacts.text(state.tree(), "var/lib/dpkg/status"))
                .containsSubsequence("Package: added\n", "Package: kept\n", "Package: upgraded\n", "Version: 1.0-1\n")
                .doesNotContain("Version: 0.1");
        assertThat(SmallFacts.text(state.tree(), "var/lib/apt/extended_states")).isEqualTo("""
                Package: added
                Architecture: amd64
                Auto-Installed: 1

                Package: kept
                Architecture: amd64
                Auto-Installed: 1

                """);
    }

    private Path install(Path... debs) throws IOException {
        Path root = Files.createDirectory(directory.resolve("installed"));
        for (Path deb : debs) {
            RealTool.run(
                    directory,
                    "dpkg",
                    "--force-not-root",
                    "--force-bad-path",
                    "--force-depends",
                    "--log=/dev/null",
                    "--root=" + root,
                    "--install",
                    deb.toString());
        }
        return root.resolve("var/lib/dpkg");
    }

    /** A base image of a few text files. */
    record MapBase(Map<String, String> files) implements BaseFiles {
        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(files.get(path))
                    .map(text -> text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        @Override
        public List<String> list(String directory) {
            String prefix = directory.endsWith("/") ? directory : directory + "/";
            return files.keySet().stream()
                    .filter(path -> path.startsWith(prefix))
                    .map(path -> path.substring(prefix.length()).replaceFirst("/.*", ""))
                    .distinct()
                    .toList();
        }

        @Override
        public Optional<FileFact> find(String path) {
            TreePath place = TreePath.parse(path);
            if (files.containsKey(place.absolute())) {
                return Optional.of(FileFact.of(Entry.file(place, 0644, new byte[0])));
            }
            return list(place.absolute()).isEmpty()
                    ? Optional.empty()
                    : Optional.of(FileFact.of(Entry.directory(place, 0755)));
        }
    }
}
