package io.rosbalena.apt.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNeedsTest {
    private static final int SOME = 60;

    /** Every file of Python's own library, as Python's own parser reads it. */
    private static final String IMPORTS = """
            import ast, sys
            names = set()
            for path in sys.argv[1:]:
                for node in ast.walk(ast.parse(open(path, 'rb').read())):
                    if isinstance(node, ast.Import):
                        names.update(alias.name.split('.')[0] for alias in node.names)
                    elif isinstance(node, ast.ImportFrom) and node.level == 0:
                        names.add(node.module.split('.')[0])
            print('\\n'.join(sorted(names)))
            """;

    @TempDir
    private Path folder;

    @Test
    void needsTheLibrariesThatTheLinkerSees() throws Exception {
        RealTool.require("objdump");
        List<Path> files = new ArrayList<>();
        for (String directory : List.of("/usr/bin", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu")) {
            if (Files.isDirectory(Path.of(directory))) {
                try (Stream<Path> found = Files.list(Path.of(directory))) {
                    found.filter(Files::isRegularFile)
                            .filter(FileNeedsTest::isElf)
                            .sorted()
                            .limit(SOME)
                            .forEach(files::add);
                }
            }
        }
        assertThat(files).hasSizeGreaterThan(SOME);
        for (Path file : files) {
            SortedSet<String> theirs = new TreeSet<>();
            Matcher needed =
                    Pattern.compile("NEEDED +(\\S+)").matcher(RealTool.run(folder, "objdump", "-p", file.toString()));
            while (needed.find()) {
                theirs.add(needed.group(1));
            }
            assertThat(FileNeeds.of(tree(file)).libraries()).as(file.toString()).isEqualTo(theirs);
        }
    }

    /** Lines of a text in a file may look like an import: more is found than there is, never less. */
    @Test
    void findsEveryModuleThatPythonFinds() throws Exception {
        RealTool.require("python3");
        Path library = Path.of(RealTool.run(folder, "python3", "-c", "import os; print(os.path.dirname(os.__file__))")
                .strip());
        List<Path> files;
        try (Stream<Path> found = Files.list(library)) {
            files = found.filter(file -> file.toString().endsWith(".py"))
                    .sorted()
                    .toList();
        }
        List<String> command = new ArrayList<>(List.of("python3", "-c", IMPORTS));
        files.forEach(file -> command.add(file.toString()));
        List<String> theirs =
                RealTool.run(folder, command.toArray(String[]::new)).lines().toList();
        SortedSet<String> ours = new TreeSet<>();
        for (Path file : files) {
            ours.addAll(FileNeeds.of(tree(file)).modules());
        }

        assertThat(theirs).hasSizeGreaterThan(SOME);
        assertThat(ours).containsAll(theirs);
    }

    @Test
    void readsImportsAsTheyAreWritten() throws Exception {
        assertThat(modules(
                        "import a, b.c as d,e\nfrom f.g import (h,\n  i)\n    import j\nimport k;import l\nfrom . import m\n"
                                + "from .n import o\nimportant = 1\nfrom_ = 2\n# import p\nfrom q import*\n"))
                .containsExactly("a", "b", "e", "f", "j", "k", "l", "q");
    }

    private static SortedSet<String> modules(String code) throws Exception {
        return FileNeeds.of(new MemoryTree().file("usr/lib/x.py", 0644, code.getBytes(StandardCharsets.UTF_8)))
                .modules();
    }

    private static boolean isElf(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).equals("\177ELF");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static FileTree tree(Path file) throws Exception {
        String path = file.toString().endsWith(".py") ? "a.py" : "a";
        return new FileTree() {
            @Override
            public List<Entry> entries() {
                try {
                    return List.of(new Entry(
                            TreePath.parse(path), Entry.Kind.FILE, 0644, 0, 0, 0, "", Files.size(file), (Content)
                                    () -> Files.newInputStream(file)));
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        };
    }
}
