package io.rosbalena.wheel.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealPython;
import io.rosbalena.RealTool;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.wheel.WheelOnDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wheels laid out by us and by the installed pip. Kept different on purpose: {@code INSTALLER} names us, nothing tells who
 * asked and from where, {@code RECORD} lists what is there at its place, and programs of entry points are shorter.
 */
class PipLayoutTest {
    private static final String PLACE = "ros2_ws/python/";

    @TempDir
    private Path folder;

    @BeforeEach
    void needsPip() throws Exception {
        RealPython.require("pip");
    }

    /** Mode's execute bit and content of each file. */
    private SortedMap<String, String> ofPip(Path wheel) throws IOException {
        Path target = folder.resolve("pip");
        RealTool.run(
                folder,
                Map.of("PIP_CONFIG_FILE", "/dev/null", "HOME", folder.toString(), "PIP_ROOT_USER_ACTION", "ignore"),
                RealPython.PROGRAM.toString(),
                "-m",
                "pip",
                "install",
                "--no-deps",
                "--no-index",
                "--no-compile",
                "--disable-pip-version-check",
                "--target",
                target.toString(),
                wheel.toString());
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(target)) {
            for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                files.put(
                        target.relativize(file).toString(),
                        (Files.isExecutable(file) ? "x " : "- ") + Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    private static SortedMap<String, String> ours(Path wheel) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (FileTree tree = WheelTree.open(wheel, wheel.getFileName().toString(), RealPython.PROGRAM.toString())) {
            for (Entry entry : tree.entries()) {
                if (entry.kind() == Entry.Kind.FILE) {
                    assertThat(entry.path().text()).startsWith(PLACE);
                    assertThat(entry.mode()).isIn(0644, 0755);
                    files.put(
                            entry.path().text().substring(PLACE.length()),
                            (entry.mode() == 0755 ? "x " : "- ")
                                    + new String(entry.content().bytes(), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    /** Without what is different on purpose. */
    private static SortedMap<String, String> comparable(SortedMap<String, String> files, List<String> programs) {
        SortedMap<String, String> some = new TreeMap<>();
        files.forEach((path, content) -> {
            if (!path.matches("[^/]*\\.dist-info/(?:RECORD|INSTALLER|REQUESTED|direct_url\\.json)")) {
                some.put(path, programs.contains(path) ? content.split("\n", 2)[0] : content);
            }
        });
        return some;
    }

    private Map<String, String> same(Path wheel, String... programs) throws IOException {
        SortedMap<String, String> ours = ours(wheel);
        assertThat(comparable(ours, List.of(programs))).isEqualTo(comparable(ofPip(wheel), List.of(programs)));
        List<String> listed = rows(ours);
        assertThat(listed).hasSameSizeAs(ours.keySet());
        assertThat(listed.stream()
                        .map(row -> row.split(",", 2)[0].replace("\"", ""))
                        .toList())
                .allMatch(path -> ours.keySet().stream().anyMatch(there -> there.startsWith(path)));
        return ours;
    }

    private static List<String> rows(SortedMap<String, String> files) {
        String record = files.keySet().stream()
                .filter(path -> path.endsWith(".dist-info/RECORD"))
                .collect(Collectors.joining());
        return files.getOrDefault(record, "").substring(2).lines().toList();
    }

    @Test
    void allPlacesOfAWheel() throws IOException {
        Path wheel = WheelOnDisk.of("Some_Thing", "1.0")
                .file("some_thing/__init__.py", "def main(): pass\n")
                .file("some_thing/a, b.txt", "comma")
                .executable("some_thing/tool.sh", "#!/bin/sh\n")
                .file("Some_Thing-1.0.data/purelib/pure.py", "pure")
                .file("Some_Thing-1.0.data/platlib/native/lib.so", "\u007fELF")
                .executable("Some_Thing-1.0.data/scripts/run-it", "#!python\nprint('x')\n")
                .executable("Some_Thing-1.0.data/scripts/gui", "#!pythonw -u\nprint('x')\n")
                .executable("Some_Thing-1.0.data/scripts/shell", "#!/bin/sh\necho\n")
                .file("Some_Thing-1.0.data/headers/some.h", "int x;\n")
                .file("Some_Thing-1.0.data/data/share/some/config.ini", "[a]\n")
                .file("Some_Thing-1.0.data/data/bin/from-data", "#!python\n")
                .metadata("entry_points.txt", """
                        # a comment
                        [console_scripts]
                        some-thing = some_thing:main
                        deeper=some_thing.sub.mod:Class.method [extra]

                        [gui_scripts]
                        window = some_thing:main
                        [another.group]
                        nothing = some_thing
                        """)
                .metadata("licenses/LICENSE", "mine\n")
                .write(folder.resolve("wheels"));

        Map<String, String> ours = same(wheel, "bin/some-thing", "bin/deeper", "bin/window");

        assertThat(ours.get("bin/deeper")).isEqualTo("x " + """
                #!/usr/bin/python3
                import sys

                from some_thing.sub.mod import Class

                if __name__ == "__main__":
                    sys.exit(Class.method())
                """);
    }

    /** Where pip leaves it to the archive, which may have been made on Windows. */
    @Test
    void aScriptCanBeExecutedEvenIfTheArchiveDoesNotSaySo() throws IOException {
        Path wheel = WheelOnDisk.of("some", "1")
                .file("some-1.data/scripts/tool", "#!/bin/sh\n")
                .write(folder);

        assertThat(ours(wheel)).containsEntry("bin/tool", "x #!/bin/sh\n");
    }

    @Test
    void wheelsOfDebian() throws IOException {
        Path wheels = Path.of("/usr/share/python-wheels");
        Assumptions.assumeTrue(Files.isDirectory(wheels), "skipped: no wheels of Debian are here");
        try (Stream<Path> found = Files.list(wheels)) {
            for (Path wheel : (Iterable<Path>)
                    found.filter(one -> one.getFileName().toString().startsWith("setuptools"))::iterator) {
                assertThat(same(wheel)).hasSizeGreaterThan(100);
            }
        }
    }

    /** What we wrote runs: as a program, and as the module that multiprocessing starts again. */
    @Test
    void theProgramsRun() throws IOException {
        Path wheel = WheelOnDisk.of("counter", "1")
                .file("counter.py", "import sys\n\ndef main():\n    print('counted', len(sys.argv))\n    return 0\n")
                .metadata("entry_points.txt", "[console_scripts]\ncount = counter:main\n")
                .write(folder);
        Path place = folder.resolve("laid out");
        try (FileTree tree = WheelTree.open(wheel, wheel.getFileName().toString(), RealPython.PROGRAM.toString())) {
            for (Entry entry : tree.entries()) {
                Path path = place.resolve(entry.path().text());
                if (entry.kind() == Entry.Kind.FILE) {
                    Files.createDirectories(path.getParent());
                    Files.write(path, entry.content().bytes());
                    assertThat(path.toFile().setExecutable(entry.mode() == 0755))
                            .isTrue();
                }
            }
        }
        Path python = place.resolve(PLACE);

        assertThat(RealTool.run(
                        folder,
                        Map.of("PYTHONPATH", python.toString()),
                        python.resolve("bin/count").toString(),
                        "a",
                        "b"))
                .isEqualTo("counted 3\n");
    }
}
