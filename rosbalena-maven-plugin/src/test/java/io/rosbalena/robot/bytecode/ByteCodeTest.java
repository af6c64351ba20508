package io.rosbalena.robot.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealPython;
import io.rosbalena.RealTool;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the script that runs in the build root writes, by this machine's Python, against Python's own compiler. */
class ByteCodeTest {
    /** Few, and such that names occur in several of them. */
    private static final List<String> MODULES =
            List.of("argparse.py", "json/decoder.py", "json/encoder.py", "typing.py");

    private static final String COMPILE = "import py_compile, sys; py_compile.compile(sys.argv[1], cfile=sys.argv[2],"
            + " dfile=sys.argv[3], doraise=True,"
            + " invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)";

    /** A constant that several places share may be written once or more often: how often decides a count of references. */
    private static final String SAME = "import marshal, sys;"
            + " a, b = (open(name, 'rb').read() for name in sys.argv[1:3]); code = marshal.loads(a[16:]);"
            + " print(a[:16] == b[:16] and code == marshal.loads(b[16:]), code.co_filename)";

    @TempDir
    private Path folder;

    private Path library;

    @BeforeEach
    void findPython() throws Exception {
        RealPython.require("py_compile");
        library = Path.of(
                python("-c", "import os; print(os.path.dirname(os.__file__))").strip());
    }

    private String python(String... arguments) throws IOException {
        return RealTool.run(
                folder,
                java.util.Map.of("PYTHONHASHSEED", "0"),
                Stream.concat(Stream.of("python3"), Stream.of(arguments)).toArray(String[]::new));
    }

    /** The byte code of these modules by its path. */
    private SortedMap<String, byte[]> compiled(String name, List<String> modules) throws IOException {
        Path sources = folder.resolve(name).resolve("src");
        for (String module : modules) {
            Path place = sources.resolve("usr/lib/python3/dist-packages").resolve(module);
            Files.createDirectories(Objects.requireNonNull(place.getParent()));
            Files.copy(library.resolve(module), place);
        }
        Files.writeString(sources.resolve("usr/lib/python3/dist-packages/old.py"), "print 'Python 2'\n");
        Path out = Files.createDirectories(folder.resolve(name).resolve("out"));
        Path script = folder.resolve("byte_code.py");
        if (!Files.exists(script)) {
            try (InputStream in = Objects.requireNonNull(ByteCode.class.getResourceAsStream("byte_code.py"))) {
                Files.copy(in, script);
            }
        }
        python("-I", "-S", script.toString(), sources.toString(), out.toString());
        SortedMap<String, byte[]> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(out)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                found.put(out.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return found;
    }

    @Test
    void isWhatPythonCompilesInAFreshProcess() throws Exception {
        SortedMap<String, byte[]> ours = compiled("all", MODULES);

        assertThat(ours).hasSize(MODULES.size());
        for (String module : MODULES) {
            String path = "/usr/lib/python3/dist-packages/" + module;
            Path theirs = folder.resolve("theirs.pyc");
            python("-c", COMPILE, library.resolve(module).toString(), theirs.toString(), path);
            String cached = python(
                            "-c",
                            "import importlib.util, sys; print(importlib.util.cache_from_source(sys.argv[1]))",
                            path)
                    .strip();
            Path own = Files.write(folder.resolve("ours.pyc"), ours.get(cached.substring(1)));
            assertThat(python("-c", SAME, own.toString(), theirs.toString()).strip())
                    .isEqualTo("True " + path);
        }
    }

    @Test
    void doesNotDependOnWhatIsCompiledBesides() throws Exception {
        SortedMap<String, byte[]> all = compiled("all", MODULES);
        for (String module : MODULES) {
            compiled(module.replace('/', '-'), List.of(module))
                    .forEach((path, bytes) -> assertThat(bytes).as(path).isEqualTo(all.get(path)));
        }
    }

    @Test
    void filesOfOtherPlacesAndOtherInterpretersAreLeftAlone() {
        PythonFiles files = new PythonFiles("3.11");
        for (String path : List.of(
                "usr/lib/python3/dist-packages/numpy/core/fromnumeric.py",
                "usr/lib/python3.11/json/decoder.py",
                "opt/ros/humble/lib/python3.11/site-packages/rclpy/node.py",
                "opt/ros/humble/local/lib/python3.11/dist-packages/rclpy/node.py")) {
            assertThat(files.include(TreePath.parse(path))).as(path).isTrue();
        }
        for (String path : List.of(
                "usr/lib/python3.10/json/decoder.py",
                "usr/lib/python3/dist-packages/numpy/core/x.pyi",
                "usr/lib/python2.7/json/decoder.py",
                "usr/share/gdb/auto-load/x.py",
                "opt/ros/humble/lib/python3.10/site-packages/rclpy/node.py",
                "opt/ros/humble/share/launch/x.py")) {
            assertThat(files.include(TreePath.parse(path))).as(path).isFalse();
        }
    }
}
