package io.rosbalena.lint.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.apt.elf.Linkage;
import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.Service;
import io.rosbalena.environment.TreeView;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TreePath;
import io.rosbalena.yaml.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs made by the machine's compiler in a root of their own, whose loader says what it finds. */
class LibraryCheckTest {
    private static final String INSTALL = "ros2_ws/install/";

    @TempDir
    private Path folder;

    private Path root;

    @BeforeEach
    void aRootWithTheMachinesLoader() throws IOException {
        RealTool.require("gcc", "ldd", "ldconfig", "chroot");
        root = Files.createDirectory(folder.resolve("root"));
        for (String line : RealTool.run(folder, "ldd", "/bin/true").lines().toList()) {
            int slash = line.indexOf('/');
            if (slash >= 0) {
                Path library = Path.of(line.substring(slash).split(" ", -1)[0]);
                Path copy = root.resolve(library.toString().substring(1));
                Files.createDirectories(copy.getParent());
                Files.copy(library.toRealPath(), copy);
            }
        }
    }

    private Path compile(String output, String source, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("source.c"), source);
        Path target = root.resolve(output);
        Files.createDirectories(target.getParent());
        List<String> command = new ArrayList<>(List.of("gcc", "-o", target.toString(), file.toString()));
        command.addAll(List.of(options));
        RealTool.run(folder, command.toArray(String[]::new));
        return target;
    }

    private Path library(String output) throws IOException {
        return compile(
                output,
                "int one(void) { return 1; }",
                "-shared",
                "-fPIC",
                "-Wl,-soname," + Path.of(output).getFileName());
    }

    private void program(String output, Path library, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(library.toString()));
        all.addAll(List.of(options));
        compile(output, "int one(void); int main(void) { return one(); }", all.toArray(String[]::new));
    }

    /** What the loader of the root itself does not find. */
    private boolean loads(String program, String libraryPath) throws IOException {
        String loader = Files.exists(root.resolve("lib64/ld-linux-x86-64.so.2"))
                ? "/lib64/ld-linux-x86-64.so.2"
                : "/lib/ld-linux-aarch64.so.1";
        try {
            RealTool.run(
                    folder,
                    Map.of("LD_LIBRARY_PATH", libraryPath),
                    "chroot",
                    root.toString(),
                    loader,
                    "--list",
                    "/" + program);
            return true;
        } catch (AssertionError e) {
            assertThat(e.getMessage()).contains("cannot open shared object file");
            return false;
        }
    }

    private List<Finding> check(String libraryPath, Offers offers) throws Exception {
        MemoryTree all = new MemoryTree();
        MemoryTree node = new MemoryTree();
        Map<TreePath, Linkage> supplied = new HashMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                TreePath path = TreePath.parse(root.relativize(file).toString());
                if (!path.isRoot()) {
                    Entry entry = Files.isDirectory(file)
                            ? Entry.directory(path, 0755)
                            : Entry.file(path, 0755, Files.readAllBytes(file));
                    all.put(entry);
                    if (path.startsWith(new TreePath(INSTALL + "node"))) {
                        node.put(entry);
                    } else if (path.startsWith(new TreePath("usr")) && entry.isFile()) {
                        Linkage.read(entry.content()).ifPresent(linkage -> supplied.put(path, linkage));
                    }
                }
            }
        }
        Service service = ComposeFile.parse(
                        "docker-compose.yml",
                        "services:\n  robot:\n    build: src\n".getBytes(StandardCharsets.UTF_8),
                        Map.of(),
                        new Findings())
                .services()
                .get("robot");
        Processor processor = System.getProperty("os.arch").equals("amd64") ? Processor.AMD64 : Processor.ARM64;
        ContainerView view = new ContainerView(
                service,
                TreeView.of(List.of(all)),
                Map.of("LD_LIBRARY_PATH", libraryPath),
                "/ros2_ws",
                processor,
                Map.of());
        Findings findings = new Findings();
        LibraryCheck.check(
                view,
                List.of(new Part(Optional.of("node"), Position.of("src/node/package.xml"), node)),
                List.of(new Supply("the Debian package arm", supplied)),
                offers,
                findings);
        return findings.all();
    }

    private List<String> ids(String libraryPath) throws Exception {
        return check(libraryPath, Offering.NOTHING).stream().map(Finding::id).toList();
    }

    @Test
    void whatTheLoaderFindsIsFound() throws Exception {
        String node = INSTALL + "node/lib/node/";
        program(node + "by_path", library(INSTALL + "arm/lib/libarm.so"));
        program(
                node + "by_runpath",
                library(INSTALL + "node/lib/libleg.so"),
                "-Wl,--enable-new-dtags,-rpath,$ORIGIN/..");
        program(
                node + "by_rpath",
                library(INSTALL + "node/inner/libtoe.so"),
                "-Wl,--disable-new-dtags,-rpath,${ORIGIN}/../../inner");
        program(node + "by_lib", library("opt/sdk/lib/x86_64-linux-gnu/libsdk.so"), "-Wl,-rpath,/opt/sdk/$LIB");
        program(node + "by_default", library("usr/lib/libplain.so"));
        program(node + "by_cache", library("opt/other/libcached.so"));
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/ld.so.conf"), "/opt/other\n");
        RealTool.run(folder, "ldconfig", "-r", root.toString());

        String path = "/" + INSTALL + "arm/lib";
        for (String program : List.of("by_path", "by_runpath", "by_rpath", "by_lib", "by_default", "by_cache")) {
            assertThat(loads(node + program, path)).as(program).isTrue();
        }
        assertThat(check(path, Offering.NOTHING)).isEmpty();
    }

    @Test
    void whatItDoesNotFindIsTold() throws Exception {
        String node = INSTALL + "node/lib/node/node";
        Path arm = library(INSTALL + "arm/lib/libarm.so");
        program(node, arm);
        assertThat(loads(node, "/nowhere")).isFalse();
        assertThat(ids("/nowhere")).containsExactly("RB431");

        Files.delete(arm);
        assertThat(loads(node, "/" + INSTALL + "arm/lib")).isFalse();
        Offers somebody = new Offering(Optional.of(new Offers.Offer("arm has it", 7)));
        assertThat(check("/" + INSTALL + "arm/lib", somebody))
                .singleElement()
                .satisfies(finding -> assertThat(finding.print())
                        .isEqualTo("src/node/package.xml:7: error RB430 service robot: /" + node
                                + " needs libarm.so, which is not in the image\n    arm has it"));
    }

    private Path libraryThatNeeds(Path other, String output) throws IOException {
        return compile(
                output,
                "int two(void); int one(void) { return two(); }",
                "-shared",
                "-fPIC",
                "-Wl,-soname," + Path.of(output).getFileName(),
                other.toString());
    }

    private Path other(String output) throws IOException {
        return compile(
                output,
                "int two(void) { return 2; }",
                "-shared",
                "-fPIC",
                "-Wl,-soname," + Path.of(output).getFileName());
    }

    @Test
    void whatAPackageOfTheUserLoadsOfOthersMustBeWhole() throws Exception {
        String node = INSTALL + "node/lib/node/node";
        Path deep = other("usr/lib/libdeep.so");
        Path middle = libraryThatNeeds(deep, "usr/lib/libmiddle.so");
        program(node, middle, "-Wl,-rpath-link," + root.resolve("usr/lib"));
        assertThat(loads(node, "")).isTrue();
        assertThat(ids("")).isEmpty();

        Files.delete(deep);
        assertThat(loads(node, "")).isFalse();
        assertThat(check("", Offering.NOTHING))
                .singleElement()
                .satisfies(finding -> assertThat(finding.print())
                        .startsWith("src/node/package.xml: error RB441 service robot: /" + node
                                + " loads /usr/lib/libmiddle.so of the Debian package arm, which needs libdeep.so, and"
                                + " that is not in the image"));
    }

    @Test
    void ofTheRestOnlyWhatIsUsedByItsNameIsTold() throws Exception {
        Path gone = other("usr/lib/libgone.so");
        libraryThatNeeds(gone, "usr/lib/plugins/libplugin.so");
        String module = "usr/lib/python3/dist-packages/arm.cpython-311-x86_64-linux-gnu.so";
        compile(
                module,
                "int one(void); int three(void) { return one(); }",
                "-shared",
                "-fPIC",
                "-Wl,-rpath-link," + root.resolve("usr/lib"),
                libraryThatNeeds(gone, "usr/lib/libbundled.so").toString());
        libraryThatNeeds(other("usr/lib/libcuda.so.1"), "usr/lib/python3/dist-packages/fast.abi3.so");
        assertThat(ids("")).isEmpty();

        Files.delete(gone);
        Files.delete(root.resolve("usr/lib/libcuda.so.1"));
        assertThat(check("", Offering.NOTHING))
                .singleElement()
                .satisfies(finding -> assertThat(finding.print())
                        .startsWith("docker-compose.yml:2:3: warning RB442 service robot: the Debian package arm needs"
                                + " libgone.so, which the image does not have: /" + module + " loads libbundled.so"));
    }

    /** The loader passes over a library of another processor, and so do we. */
    @Test
    void aLibraryForAnotherProcessorIsNone() throws Exception {
        String node = INSTALL + "node/lib/node/node";
        Path arm = library("opt/first/libarm.so");
        program(node, arm);
        Path second = Files.createDirectories(root.resolve("opt/second")).resolve("libarm.so");
        Files.copy(arm, second);
        byte[] bytes = Files.readAllBytes(arm);
        bytes[18] = (byte) (bytes[18] == 62 ? 183 : 62);
        Files.write(arm, bytes);
        assertThat(loads(node, "/opt/first:/opt/second")).isTrue();
        assertThat(ids("/opt/first:/opt/second")).isEmpty();

        Files.delete(second);
        assertThat(loads(node, "/opt/first:/opt/second")).isFalse();
        assertThat(ids("/opt/first:/opt/second")).containsExactly("RB432");
    }

    @Test
    void aProgramForAnotherProcessorIsToldAndFirmwareIsNot() throws Exception {
        Path program = compile(INSTALL + "node/lib/node/node", "int main(void) { return 0; }");
        byte[] bytes = Files.readAllBytes(program);
        bytes[18] = (byte) (bytes[18] == 62 ? 183 : 62);
        Path firmware = Files.createDirectories(root.resolve(INSTALL + "node/share/node"))
                .resolve("firmware.elf");
        Files.write(firmware, bytes);
        assertThat(ids("")).isEmpty();

        Files.write(program, bytes);
        assertThat(ids("")).containsExactly("RB432");
    }

    @Test
    void aProgramWhoseLoaderIsMissingIsTold() throws Exception {
        compile(INSTALL + "node/bin/tool", "int main(void) { return 0; }", "-Wl,--dynamic-linker=/lib/ld-musl.so.1");

        assertThat(ids("")).containsExactly("RB433");
    }

    @Test
    void aFileWhoseNamesLeadOutOfItNeedsNothing() throws Exception {
        Path program = compile(INSTALL + "node/bin/tool", "int main(void) { return 0; }");
        byte[] bytes = Files.readAllBytes(program);
        Files.write(program, Arrays.copyOf(bytes, 700));

        assertThat(check("", Offering.NOTHING)).isEmpty();
    }
}
