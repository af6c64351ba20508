package io.rosbalena.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rosbalena.finding.Finding;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random workspaces, found and ordered by us and by the installed colcon. */
class ColconTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final int WORKSPACES = 16;
    private static final int PACKAGES = 24;
    private static final List<String> KINDS = List.of(
            "build_depend",
            "buildtool_depend",
            "build_export_depend",
            "exec_depend",
            "test_depend",
            "doc_depend",
            "depend");
    private static final List<String> CONDITIONS = List.of(
            "",
            "",
            "",
            " condition=\"$ROS_VERSION == 2\"",
            " condition=\"$ROS_VERSION == 1\"",
            " condition=\"$DISABLE_GROUPS_WORKAROUND == 1\"");
    private static final List<String> TYPES = List.of("ament_cmake", "ament_python", "cmake", "cargo");

    @TempDir
    private Path folder;

    @Test
    void randomWorkspacesAreFoundAndOrderedTheSame() throws Exception {
        assumeTrue(
                Files.isExecutable(PYTHON)
                        && new ProcessBuilder(PYTHON.toString(), "-c", "import colcon_ros, colcon_recursive_crawl")
                                        .start()
                                        .waitFor()
                                == 0,
                "skipped: colcon with colcon-ros is not installed");
        Random random = new Random(3);
        List<String> paths = new ArrayList<>();
        List<List<String>> ours = new ArrayList<>();
        for (int i = 0; i < WORKSPACES; i++) {
            Path workspace = Files.createDirectories(folder.resolve("w" + i));
            plant(workspace, random, i % 4 == 0);
            paths.add(workspace.toString());
            ours.add(order(workspace));
        }
        List<List<String>> real = new ArrayList<>();
        for (JsonValue one : colcon(paths).items()) {
            real.add(one.strings());
        }
        assertThat(ours).isEqualTo(real);
        assertThat(ours).anyMatch(order -> order.get(0).startsWith("Unable to order packages"));
    }

    private static List<String> order(Path workspace) throws IOException {
        Workspace found = Workspace.scan(workspace, Path.of(""), ConditionContexts.of("humble", Map.of()));
        for (Finding finding : found.findings()) {
            if (finding.id().equals("RB003")) {
                return List.of(finding.message());
            }
        }
        return found.buildOrder().stream()
                .map(one -> one.name() + " " + one.path() + " " + one.type())
                .toList();
    }

    private static void plant(Path workspace, Random random, boolean circles) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < PACKAGES; i++) {
            Path parent = random.nextInt(3) > 0 || folders.isEmpty()
                    ? workspace
                    : folders.get(random.nextInt(folders.size()));
            Path directory = Files.createDirectories(parent.resolve("d" + random.nextInt(60)));
            folders.add(directory);
            StringBuilder more = new StringBuilder();
            for (int other = 0; other < PACKAGES; other++) {
                boolean allowed = circles ? other != i : other < i;
                if (allowed && random.nextInt(PACKAGES) < 2) {
                    String kind = KINDS.get(random.nextInt(KINDS.size()));
                    String condition = CONDITIONS.get(random.nextInt(CONDITIONS.size()));
                    more.append("<" + kind + condition + ">p" + other + "</" + kind + ">");
                }
            }
            if (random.nextInt(6) == 0) {
                more.append(
                        i < PACKAGES / 2 ? "<member_of_group>g</member_of_group>" : "<group_depend>g</group_depend>");
            }
            String type = TYPES.get(random.nextInt(TYPES.size()));
            Manifests.write(directory, "p" + i, more.toString());
            Path manifest = directory.resolve("package.xml");
            Files.writeString(manifest, Files.readString(manifest).replace(">ament_cmake<", ">" + type + "<"));
        }
        for (int i = 0; i < 8; i++) {
            disturb(folders.get(random.nextInt(folders.size())), folders.get(random.nextInt(folders.size())), random);
        }
    }

    private static void disturb(Path directory, Path other, Random random) throws IOException {
        try {
            switch (random.nextInt(8)) {
                case 0 -> Files.writeString(directory.resolve("COLCON_IGNORE"), "");
                case 1 -> Files.createSymbolicLink(directory.resolve("COLCON_IGNORE"), Path.of("nowhere"));
                case 2 -> Files.createSymbolicLink(directory.resolve("AMENT_IGNORE"), Path.of("nowhere"));
                case 3 -> Files.createSymbolicLink(directory.resolveSibling("link" + random.nextInt(9)), other);
                case 4 -> Files.writeString(directory.resolve("package.xml"), "<package/>");
                case 5 -> {
                    Files.writeString(directory.resolve("package.xml"), "<package/>");
                    Files.writeString(
                            directory.resolve("CMakeLists.txt"),
                            "project(c" + random.nextInt(99) + ")\nfind_package(p1)\n# find_package(p2)\n");
                }
                case 6 -> Files.writeString(directory.resolve("manifest.xml"), "<package/>");
                default -> Files.createSymbolicLink(directory.resolve("up"), Path.of(".."));
            }
        } catch (FileAlreadyExistsException e) {
            assertThat(directory).exists();
        }
    }

    private static JsonValue colcon(List<String> workspaces) throws Exception {
        try (InputStream script = ColconTest.class.getResourceAsStream("/tools/colcon_order.py")) {
            assertThat(script).isNotNull();
            ProcessBuilder builder = new ProcessBuilder(
                    PYTHON.toString(), "-c", new String(script.readAllBytes(), StandardCharsets.UTF_8));
            builder.environment()
                    .putAll(Map.of(
                            "ROS_VERSION",
                            "2",
                            "ROS_DISTRO",
                            "humble",
                            "ROS_PYTHON_VERSION",
                            "3",
                            "DISABLE_GROUPS_WORKAROUND",
                            "1",
                            "LC_ALL",
                            "C.UTF-8"));
            Process process =
                    builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (var in = process.getOutputStream()) {
                in.write(Json.compact(workspaces));
            }
            return Json.parse(process.getInputStream().readAllBytes());
        }
    }
}
