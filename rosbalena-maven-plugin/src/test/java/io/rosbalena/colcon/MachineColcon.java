package io.rosbalena.colcon;

import io.rosbalena.RealTool;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** A workspace on disk, compiled by colcon of this machine as a user would. */
final class MachineColcon {
    /** The distribution's programs alone: another python3 would not find ament. */
    static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "PYTHONPATH", "");

    private final Path workspace;

    private MachineColcon(Path workspace) {
        this.workspace = workspace;
    }

    /** Writes packages into {@code src} of a folder; skips the calling test where there is no colcon. */
    static MachineColcon in(Path workspace, List<ColconPackage> packages) throws IOException {
        require();
        TreeOnDisk sources = new TreeOnDisk(Files.createDirectories(workspace.resolve("src")));
        for (ColconPackage one : packages) {
            for (Entry entry : one.sources().entries()) {
                sources.write(entry.at(one.directory().resolve(entry.path().text())));
            }
        }
        return new MachineColcon(workspace);
    }

    /** Skips the calling test where this machine cannot compile packages of ROS. */
    static void require() {
        RealTool.require("colcon", "cmake", "g++", "make");
        Assumptions.assumeTrue(
                Files.isDirectory(Path.of("/usr/share/ament_cmake")), "skipped: ament-cmake is not installed");
    }

    /** Three packages: a library whose header asserts, a program that uses it, and Python. */
    static List<ColconPackage> packages() throws IOException {
        return List.of(
                SourcePackage.cmake(
                                "counter",
                                "find_package(ament_cmake REQUIRED)",
                                "add_library(counter SHARED src/counter.cpp)",
                                "target_include_directories(counter PUBLIC"
                                        + " $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>"
                                        + " $<INSTALL_INTERFACE:include>)",
                                "install(DIRECTORY include/ DESTINATION include)",
                                "install(TARGETS counter EXPORT counterTargets LIBRARY DESTINATION lib)",
                                "ament_export_targets(counterTargets HAS_LIBRARY_TARGET)")
                        .file(
                                "include/counter/counter.hpp",
                                "#pragma once\n#include <cassert>\nint count(int from);\n"
                                        + "inline int checked(int from) { assert(from < 7); return count(from); }\n")
                        .file(
                                "src/counter.cpp",
                                "#include \"counter/counter.hpp\"\nint count(int from) { return from + 1; }\n")
                        .build(),
                SourcePackage.cmake(
                                "walker",
                                "find_package(counter REQUIRED)",
                                "add_executable(walker src/walker.cpp)",
                                "target_link_libraries(walker counter::counter)",
                                "install(TARGETS walker DESTINATION lib/walker)")
                        .depend("counter")
                        .file(
                                "src/walker.cpp",
                                "#include \"counter/counter.hpp\"\nint main(int n, char**) { return checked(n) - 2; }\n")
                        .build(),
                SourcePackage.python("talker").execDepend("counter").build());
    }

    /** Runs {@code colcon build} in the workspace. */
    MachineColcon build(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("colcon", "build", "--executor", "sequential"));
        command.addAll(List.of(options));
        RealTool.run(workspace, ENVIRONMENT, command.toArray(String[]::new));
        return this;
    }

    Path install() {
        return workspace.resolve("install");
    }

    /** What stands below a folder: links by what they say, files by their bytes. */
    static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new java.util.TreeMap<>();
        try (var found = Files.walk(folder)) {
            for (Path file : found.toList()) {
                String place = FileNames.text(folder.relativize(file));
                if (Files.isSymbolicLink(file)) {
                    contents.put(place, "-> " + Files.readSymbolicLink(file));
                } else if (Files.isRegularFile(file)) {
                    contents.put(place, Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
                }
            }
        }
        return contents;
    }
}
