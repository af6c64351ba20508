package io.rosbalena.lint.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonModuleTest {
    @TempDir
    private Path folder;

    /**
     * Prints, for every file below some folders that this Python can parse, its path and what is imported outside of any
     * block: level, module, names, line.
     */
    private static final String AST = """
            import ast, json, os, sys, warnings
            warnings.simplefilter('ignore')
            def imports(tree):
                for node in tree.body:
                    if isinstance(node, ast.Import):
                        for one in node.names:
                            yield [0, one.name, [], node.lineno]
                    elif isinstance(node, ast.ImportFrom):
                        yield [node.level, node.module or '', [one.name for one in node.names], node.lineno]
            for top in sys.argv[1:]:
                for folder, folders, files in os.walk(top):
                    for name in sorted(files):
                        path = os.path.join(folder, name)
                        if not name.endswith('.py') or not os.path.isfile(path):
                            continue
                        try:
                            tree = ast.parse(open(path, 'rb').read())
                        except (SyntaxError, ValueError, RecursionError):
                            continue
                        print(json.dumps([path, list(imports(tree))]))
            """;

    private static List<String> said(PythonModule module) {
        return module.imports().stream()
                .map(one -> one.level() + " " + one.module() + " " + one.names() + " " + one.line())
                .toList();
    }

    private static PythonModule read(String text) {
        return PythonModule.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Every file that Python itself can read, with no exception, here of this machine's distribution. */
    @Test
    void whatIsImportedIsWhatPythonsOwnParserSays() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "skipped: python3 is not installed");
        Path script = Files.writeString(folder.resolve("ast_imports.py"), AST);
        List<String> lines = RealTool.run(
                        folder,
                        "/usr/bin/python3",
                        script.toString(),
                        "/usr/lib/python3",
                        "/usr/lib/python3." + minor())
                .lines()
                .toList();
        List<String> wrong = new ArrayList<>();
        long imports = 0;
        for (String line : lines) {
            List<JsonValue> pair =
                    Json.parse(line.getBytes(StandardCharsets.UTF_8)).items();
            Path file = Path.of(pair.get(0).string());
            List<String> expected = new ArrayList<>();
            for (JsonValue one : pair.get(1).items()) {
                List<JsonValue> fields = one.items();
                expected.add(fields.get(0).number() + " " + fields.get(1).string() + " "
                        + fields.get(2).strings() + " " + fields.get(3).number());
            }
            imports += expected.size();
            List<String> found = said(PythonModule.of(Files.readAllBytes(file)));
            if (!found.equals(expected)) {
                wrong.add(file + "\n  expected " + expected + "\n  found    " + found);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(lines).hasSizeGreaterThan(300);
        assertThat(imports).isGreaterThan(1000);
    }

    private String minor() throws IOException {
        return RealTool.run(folder, "/usr/bin/python3", "-c", "import sys; print(sys.version_info[1])")
                .strip();
    }

    @Test
    void allFormsOfTheStatementAreUnderstood() {
        assertThat(said(read("""
                        import a, b.c as d; import e
                        from f.g import (  # why
                            h as i,
                            j,
                        )
                        from . import k
                        from ...l import m
                        from n import *
                        import o \\
                            , p
                        """)))
                .containsExactly(
                        "0 a [] 1",
                        "0 b.c [] 1",
                        "0 e [] 1",
                        "0 f.g [h, j] 2",
                        "1  [k] 6",
                        "3 l [m] 7",
                        "0 n [*] 8",
                        "0 o [] 9",
                        "0 p [] 9");
    }

    @Test
    void whatOnlySomeWaysLeadToIsLeftOut() {
        assertThat(said(read("""
                        '''
                        import a
                        '''
                        # import b
                        try:
                            import c
                        except ImportError: import d; import e
                        if TYPE_CHECKING: import f
                        def g():
                        \timport h
                        text = (
                        import_i,
                        )
                        text = 'x\\
                        import j'
                        """))).isEmpty();
    }

    /** Python 3.12 reads any expression in a field of an f-string, this machine's may not yet. */
    @Test
    void fieldsOfFormattedStringsAreExpressions() {
        assertThat(said(read("""
                        x = f"{d["#("]:{w}'>{n}} {{ {'a' if b else "}"}"
                        y = rf'''{
                        import_z(f"{1}")  # import q
                        :x}
                        import b
                        '''
                        import c
                        """))).containsExactly("0 c [] 7");
    }

    @Test
    void whoHasToDoWithTheSearchIsDynamic() {
        assertThat(List.of(
                        "import sys\nsys.path.insert(0, 'x')\n",
                        "from sys import path\n",
                        "def f():\n    sys.modules['a'] = b\n",
                        "__path__ = []\n"))
                .allMatch(text -> read(text).dynamic());
        assertThat(List.of("import sys\nos.path.join(a)\nsys.exit()\n", "x = 'sys.path'\n# sys.path\n"))
                .noneMatch(text -> read(text).dynamic());
    }

    @Test
    void whatIsWrittenDownIsReadAgain() throws IOException {
        PythonModule module = read("import a.b\nfrom ..c import d, e\nsys.path\n");

        assertThat(PythonModule.decode(Json.parse(Json.compact(module.encode()))))
                .isEqualTo(module);
    }

    @Test
    void whatIsNoPythonEndsNowhere() {
        String noise = "from from import (\n'''import f\"{{{:{\n)]}\\";
        String cut = noise.chars()
                .mapToObj(c -> noise.substring(0, noise.indexOf(c)))
                .collect(Collectors.joining("\n"));
        for (int i = 0; i < cut.length(); i++) {
            assertThat(read(cut.substring(i)).imports()).hasSizeLessThan(10);
        }
    }
}
