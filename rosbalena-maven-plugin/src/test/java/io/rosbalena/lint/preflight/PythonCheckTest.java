package io.rosbalena.lint.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.Service;
import io.rosbalena.environment.TreeView;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.lint.python.PythonModule;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TreePath;
import io.rosbalena.yaml.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image with this machine's Python, whose word counts. */
class PythonCheckTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final String SITE = "ros2_ws/install/arm/lib/python3/site-packages/";

    @TempDir
    private Path folder;

    private final MemoryTree machine = new MemoryTree();
    private final MemoryTree arm = new MemoryTree();

    @BeforeEach
    void takeThisMachinesPython() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(PYTHON), "skipped: python3 is not installed");
        Path real = PYTHON.toRealPath();
        machine.symlink("usr/bin/python3", real.getFileName().toString())
                .file(real.toString().substring(1), 0755, new byte[0]);
        add(Path.of("/usr/lib", real.toFile().getName()));
        add(Path.of("/usr/lib/python3/dist-packages"));
    }

    private void add(Path tree) throws IOException {
        try (Stream<Path> files = Files.exists(tree) ? Files.walk(tree) : Stream.empty()) {
            for (Path file : (Iterable<Path>) files::iterator) {
                TreePath path = TreePath.parse(file.toString());
                if (Files.isSymbolicLink(file)) {
                    machine.put(Entry.symlink(path, Files.readSymbolicLink(file).toString()));
                } else if (Files.isDirectory(file)) {
                    machine.put(Entry.directory(path, 0755));
                } else {
                    machine.put(new Entry(
                            path,
                            Entry.Kind.FILE,
                            0644,
                            0,
                            0,
                            0,
                            "",
                            Files.size(file),
                            () -> Files.newInputStream(file)));
                }
            }
        }
    }

    /** A file of the package, which stands in the image and in a folder for the real interpreter. */
    private PythonCheckTest with(String path, String text) throws IOException {
        int mode = text.startsWith("#!") ? 0755 : 0644;
        arm.file(path, mode, text.getBytes(StandardCharsets.UTF_8));
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    private PythonCheckTest withProgram(String name, String module) throws IOException {
        return with(SITE + "arm-1.0.egg-info/entry_points.txt", """
                [console_scripts]
                %s = %s:main
                """.formatted(name, module))
                .with("ros2_ws/install/arm/lib/arm/" + name, """
                #!/usr/bin/python3
                # EASY-INSTALL-ENTRY-SCRIPT: 'arm==1.0','console_scripts','%s'
                sys.exit(load_entry_point('arm==1.0', 'console_scripts', '%1$s')())
                """.formatted(name));
    }

    /** What Python itself says of a module; empty if it can be imported. */
    private String imported(String module) throws IOException {
        return RealTool.run(
                        folder,
                        Map.of("PYTHONPATH", folder.resolve(SITE).toString(), "PYTHONDONTWRITEBYTECODE", "1"),
                        PYTHON.toString(),
                        "-W",
                        "ignore",
                        "-c",
                        "try:\n import " + module
                                + "\nexcept ModuleNotFoundError as e:\n print(e)\nexcept ImportError as e:\n"
                                + " print(e)")
                .strip();
    }

    private ContainerView view(String command) throws IOException {
        Service service = ComposeFile.parse(
                        "docker-compose.yml",
                        ("services:\n  robot:\n    build: src\n    command: " + command + "\n")
                                .getBytes(StandardCharsets.UTF_8),
                        Map.of(),
                        new Findings())
                .services()
                .get("robot");
        return new ContainerView(
                service,
                TreeView.of(List.of(machine, arm)),
                Map.of("PATH", "/usr/bin", "PYTHONPATH", "/" + SITE),
                "/ros2_ws",
                Processor.AMD64,
                Map.of());
    }

    /** Reads every file, and finds none of the package {@code arm} in the workspace but its modules. */
    private static final class AllRead implements PythonCheck.Reading {
        @Override
        public PythonModule read(Entry file) throws IOException {
            return PythonModule.of(file.content().bytes());
        }

        @Override
        public Optional<Position> source(String packageName, Entry installed, int line) {
            String path = installed.path().text();
            return path.startsWith(SITE)
                    ? Optional.of(new Position("src/arm/" + path.substring(SITE.length()), line, 0))
                    : Optional.empty();
        }
    }

    private List<String> said(String command, Offers offers) throws Exception {
        Findings findings = new Findings();
        PythonCheck.check(
                view(command),
                List.of(new Part(Optional.of("arm"), Position.of("src/arm/package.xml"), arm)),
                new AllRead(),
                offers,
                findings);
        return findings.all().stream().map(Finding::print).toList();
    }

    private List<String> said() throws Exception {
        return said("[arm]", Offering.NOTHING);
    }

    @Test
    void whatIsThereIsNotTold() throws Exception {
        with(SITE + "arm/__init__.py", "from . import hand\nfrom .hand import grip\n")
                .with(SITE + "arm/hand/__init__.py", "grip = 1\n")
                .with(SITE + "arm/hand/finger.py", "from .. import hand\nfrom ..hand import grip\n")
                .with(SITE + "arm/main.py", """
                        import os.path, sys, math, zlib, _struct
                        import collections.abc
                        import xml.etree.ElementTree as tree
                        from arm import hand
                        from arm.hand import finger
                        import arm.hand.finger
                        try:
                            import of_another_age
                        except ImportError:
                            pass
                        def main():
                            import never_called
                        """)
                .withProgram("arm", "arm.main");

        assertThat(imported("arm.main")).isEmpty();
        assertThat(said()).isEmpty();
    }

    @Test
    void whatIsMissingIsToldAtItsLine() throws Exception {
        with(SITE + "arm/__init__.py", "")
                .with(SITE + "arm/main.py", "import math\nimport arm.hand\nmain = 1\n")
                .with(SITE + "arm/hand.py", "import os\nimport of_another_age.x\n")
                .withProgram("arm", "arm.main");

        assertThat(imported("arm.main")).isEqualTo("No module named 'of_another_age'");
        assertThat(said("[arm]", new Offering(Optional.of(new Offers.Offer("leg has it", 0)))))
                .containsExactly(
                        "src/arm/arm/hand.py:2: error RB438 service robot: imports of_another_age, and the image"
                                + " has no such module\n    leg has it (src/arm/package.xml)");
        assertThat(said()).singleElement().asString().contains("python3-of_another_age");
    }

    @Test
    void aModuleOfThePackageThatIsNotInstalledIsTold() throws Exception {
        with(SITE + "arm/__init__.py", "def grip():\n    pass\n")
                .with(SITE + "arm/main.py", "from arm import grip, hand\nfrom .leg import x\n")
                .withProgram("arm", "arm.main");

        assertThat(imported("arm.main")).contains("cannot import name 'hand' from 'arm'");
        assertThat(said())
                .extracting(line -> line.split(",", -1)[0])
                .containsExactly(
                        "src/arm/arm/main.py:1: error RB438 service robot: imports arm.hand",
                        "src/arm/arm/main.py:2: error RB438 service robot: imports arm.leg",
                        "src/arm/package.xml: error RB437 service robot: /ros2_ws/install/arm/lib/arm/arm calls main of"
                                + " arm.main");
    }

    @Test
    void aProgramWithoutItsModuleOrWithoutPythonIsTold() throws Exception {
        withProgram("arm", "arm.main");
        assertThat(said()).singleElement().asString().contains("error RB437", "the image has no module arm\n");

        with("ros2_ws/install/arm/lib/arm/old", "#!/usr/bin/env python2.7\nimport x\n");
        assertThat(said("[x, --old]", Offering.NOTHING))
                .anyMatch(line ->
                        line.contains("warning RB443 service robot: /ros2_ws/install/arm/lib/arm/old is started by"
                                + " python2.7, which is not in the image"));
        assertThat(said("[bash, -c, 'exec old']", Offering.NOTHING)).anyMatch(line -> line.contains("error RB443"));
    }

    @Test
    void onlyTheScriptThatACommandNamesStopsTheBuild() throws Exception {
        with("ros2_ws/install/arm/lib/arm/tool", "#!/usr/bin/env python3\nimport of_another_age\n");

        assertThat(said())
                .singleElement()
                .asString()
                .startsWith(
                        "src/arm/package.xml: warning RB438 service robot: /ros2_ws/install/arm/lib/arm/tool:2 imports");
        assertThat(said("[ros2, run, arm, tool]", Offering.NOTHING))
                .singleElement()
                .asString()
                .contains("error RB438");
    }

    @Test
    void theProgramOfAWheelThatIsStartedIsFollowed() throws Exception {
        machine.file(
                "ros2_ws/python/bin/tool",
                0755,
                "#!/usr/bin/python3\nimport sys\nfrom tools.cli import main\n".getBytes(StandardCharsets.UTF_8));
        assertThat(said("[/ros2_ws/python/bin/tool]", Offering.NOTHING))
                .singleElement()
                .asString()
                .startsWith(
                        "docker-compose.yml:4:15: error RB438 service robot: /ros2_ws/python/bin/tool:3 imports tools,");

        machine.file("usr/lib/python3/dist-packages/tools/__init__.py", 0644, new byte[0])
                .file(
                        "usr/lib/python3/dist-packages/tools/cli.py",
                        0644,
                        "import of_another_age\n".getBytes(StandardCharsets.UTF_8));
        assertThat(said("[/ros2_ws/python/bin/tool]", Offering.NOTHING))
                .singleElement()
                .asString()
                .contains("imports /usr/lib/python3/dist-packages/tools/cli.py, which imports of_another_age");
        assertThat(said()).isEmpty();
    }

    @Test
    void launchFilesAreLookedAtWhereSomethingCanReadThem() throws Exception {
        with("ros2_ws/install/arm/share/arm/launch/arm.launch.py", "import launch\nimport of_another_age\n");
        assertThat(said()).isEmpty();
        assertThat(said("[ros2, launch, arm, arm.launch.py]", Offering.NOTHING))
                .hasSize(2)
                .allMatch(line -> line.contains("error RB439"));

        machine.file("usr/lib/python3/dist-packages/launch/__init__.py", 0644, new byte[0]);
        assertThat(said()).singleElement().asString().contains("warning RB439", "imports of_another_age");
    }

    @Test
    void whoChangesTheSearchIsBelieved() throws Exception {
        with(SITE + "arm/__init__.py", "")
                .with(SITE + "arm/main.py", "import sys\nsys.path.append('/opt')\nimport from_opt\nmain = 1\n")
                .withProgram("arm", "arm.main");

        assertThat(said()).isEmpty();
    }

    @Test
    void ofOthersOneStepIsLookedAt() throws Exception {
        machine.file(
                "usr/lib/python3/dist-packages/broken.py",
                0644,
                "import of_another_age\n".getBytes(StandardCharsets.UTF_8));
        with(SITE + "arm/__init__.py", "")
                .with(SITE + "arm/main.py", "import broken\nmain = 1\n")
                .withProgram("arm", "arm.main");

        assertThat(said())
                .singleElement()
                .asString()
                .startsWith(
                        "src/arm/arm/main.py:1: error RB438 service robot: imports /usr/lib/python3/dist-packages/broken.py,"
                                + " which imports of_another_age, and the image has no such module");
    }

    /** All modules that this machine's packages install, taken for the user's own: whom we blame, Python blames. */
    @Test
    void nothingIsMissedThatPythonFinds() throws Exception {
        List<String> wrong = new ArrayList<>();
        ContainerView view = view("[x]");
        PythonPath path = PythonPath.of(view, "/usr/bin/python3").orElseThrow();
        int looked = 0;
        for (String name : view.files().list("/usr/lib/python3/dist-packages")) {
            String module = name.replaceFirst("\\.py$", "");
            boolean isModule = module.matches("[A-Za-z_]\\w*")
                    && (name.endsWith(".py")
                            || view.files().exists("/usr/lib/python3/dist-packages/" + name + "/__init__.py"));
            if (!isModule) {
                continue;
            }
            looked++;
            List<ImportWalk.Lack> lacks = new ImportWalk(
                            view, path, file -> file.contains("/dist-packages/"), new AllRead()::read)
                    .ofModule(module);
            if (!lacks.isEmpty() && imported(module).isEmpty()) {
                wrong.add(module + ": " + lacks);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(looked).isPositive();
    }
}
