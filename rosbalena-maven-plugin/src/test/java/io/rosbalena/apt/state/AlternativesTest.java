package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.apt.deb.SmallDeb;
import io.rosbalena.tree.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlternativesTest {
    private static final List<List<String>> CALLS = List.of(
            List.of(
                    "/usr/bin/editor",
                    "editor",
                    "/usr/bin/nano",
                    "40",
                    "--slave",
                    "/usr/share/man/man1/editor.1",
                    "editor.1",
                    "/usr/share/man/man1/nano.1"),
            List.of(
                    "/usr/bin/editor",
                    "editor",
                    "/usr/bin/vi",
                    "50",
                    "--slave",
                    "/usr/bin/view",
                    "view",
                    "/usr/bin/vi",
                    "--slave",
                    "/usr/share/man/man1/editor.1",
                    "editor.1",
                    "/usr/share/man/man1/missing.1"),
            List.of("/usr/bin/editor", "editor", "/usr/bin/ed", "50"),
            List.of("/usr/bin/other", "other", "/usr/bin/missing", "9"));

    @TempDir
    Path directory;

    @Test
    void writesDatabaseAndLinksAsTheToolDoes() throws IOException {
        RealTool.require("update-alternatives", "dpkg-deb");
        SmallDeb deb = SmallDeb.named(directory, "editors")
                .file("usr/bin/nano", "")
                .file("usr/bin/vi", "")
                .file("usr/bin/ed", "")
                .file("usr/share/man/man1/nano.1", "")
                .control("postinst", "#!/bin/sh\nset -e\n" + script());
        Path built = deb.build();
        PlatformState state = SmallFacts.state(SmallFacts.of(built));
        assertThat(state.findings()).isEmpty();

        Path root = Files.createDirectory(directory.resolve("root"));
        RealTool.run(directory, "dpkg-deb", "-x", built.toString(), root.toString());
        Files.createDirectories(root.resolve("var/lib/dpkg/alternatives"));
        Files.createDirectories(root.resolve("etc/alternatives"));
        for (List<String> call : CALLS.subList(0, 3)) {
            RealTool.run(
                    directory,
                    Stream.concat(
                                    Stream.of(
                                            "update-alternatives",
                                            "--root",
                                            root.toString(),
                                            "--log",
                                            "/dev/null",
                                            "--install"),
                                    call.stream())
                            .toArray(String[]::new));
        }
        assertThat(SmallFacts.text(state.tree(), "var/lib/dpkg/alternatives/editor"))
                .isEqualTo(Files.readString(root.resolve("var/lib/dpkg/alternatives/editor")));
        assertThat(links(state)).isEqualTo(links(root));
        assertThat(SmallFacts.find(state.tree(), "var/lib/dpkg/alternatives/other"))
                .isEmpty();
    }

    @Test
    void keepsTheChoicesOfABase() throws IOException {
        String before = "auto\n/usr/bin/editor\n\n/usr/bin/joe\n70\n\n";
        DebFacts facts = SmallFacts.of(SmallDeb.named(directory, "nano")
                .file("usr/bin/nano", "")
                .control(
                        "postinst",
                        "#!/bin/sh\nupdate-alternatives --install /usr/bin/editor editor /usr/bin/nano 40\n"));
        PlatformState state = PlatformState.of(new PlatformInput(
                "amd64",
                List.of(facts),
                new TreeMap<>(),
                Set.of(),
                io.rosbalena.apt.deb.PathRewrite.DEBIAN,
                new DpkgDatabaseTest.MapBase(Map.of("/var/lib/dpkg/alternatives/editor", before, "/usr/bin/joe", "")),
                UnknownScripts.WARN,
                new TreeMap<>()));
        assertThat(SmallFacts.text(state.tree(), "var/lib/dpkg/alternatives/editor"))
                .isEqualTo("auto\n/usr/bin/editor\n\n/usr/bin/joe\n70\n/usr/bin/nano\n40\n\n");
        assertThat(SmallFacts.find(state.tree(), "etc/alternatives/editor").map(Entry::target))
                .hasValue("/usr/bin/joe");
    }

    private static String script() {
        StringBuilder script = new StringBuilder();
        CALLS.forEach(call -> script.append("update-alternatives --quiet --install \\\n  ")
                .append(String.join(" ", call))
                .append(" || true\n"));
        return script.toString();
    }

    private static Map<String, String> links(PlatformState state) {
        Map<String, String> links = new TreeMap<>();
        for (Entry entry : state.tree().entries()) {
            if (entry.isSymlink() && entry.path().text().contains("/")) {
                links.put(entry.path().text(), entry.target());
            }
        }
        return links;
    }

    private static Map<String, String> links(Path root) throws IOException {
        Map<String, String> links = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isSymbolicLink).toList()) {
                links.put(
                        root.relativize(file).toString(),
                        Files.readSymbolicLink(file).toString());
            }
        }
        return links;
    }
}
