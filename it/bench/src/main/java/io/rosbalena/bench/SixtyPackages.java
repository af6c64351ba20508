package io.rosbalena.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A generated workspace: twenty C++ libraries in four storeys, a node on top of each, twenty Python packages.
 *
 * @param project the robot's folder
 */
record SixtyPackages(Path project) {
    private static final int EACH = 20;
    private static final int STOREY = 5;
    private static final int SOURCES = 4;

    /** The file that everything stands on. */
    Path lowest() {
        return library(0).resolve("src/part_0.cpp");
    }

    private Path library(int number) {
        return project.resolve("src").resolve(name("lib", number));
    }

    private static String name(String kind, int number) {
        return String.format(Locale.ROOT, "%s_%02d", kind, number);
    }

    /** Writes the workspace and the robot's files into an empty folder. */
    static SixtyPackages in(Path project, String pom) throws IOException {
        SixtyPackages made = new SixtyPackages(project);
        write(project.resolve("pom.xml"), pom);
        write(
                project.resolve("rosdep/keys.yaml"),
                "ament_cmake:\n  debian: [ament-cmake]\npython3:\n  debian: [python3-minimal]\n");
        write(project.resolve("docker-compose.yml"), """
                version: "2.4"
                services:
                  main:
                    build: ./src
                    command: ["node_00"]
                """);
        for (int number = 0; number < EACH; number++) {
            made.writeLibrary(number);
            made.writeNode(number);
            made.writePython(number);
        }
        return made;
    }

    private void writeLibrary(int number) throws IOException {
        String name = name("lib", number);
        String below = number < STOREY ? "" : name("lib", number - STOREY);
        Path folder = library(number);
        write(folder.resolve("package.xml"), manifest(name, "ament_cmake", below));
        StringBuilder parts = new StringBuilder();
        for (int part = 0; part < SOURCES; part++) {
            parts.append(" src/part_").append(part).append(".cpp");
            write(folder.resolve("src/part_" + part + ".cpp"), """
                    #include "NAME/NAME.hpp"
                    #include <algorithm>
                    #include <map>
                    #include <string>
                    #include <vector>
                    INCLUDE
                    namespace NAME {
                    int part_PART(const std::vector<int> & values) {
                      std::map<std::string, int> counts;
                      for (int value : values) {
                        counts[std::to_string(value)] += value;
                      }
                      int most = 0;
                      for (const auto & count : counts) {
                        most = std::max(most, count.second);
                      }
                      return most BELOW;
                    }
                    }
                    """.replace("NAME", name)
                    .replace("PART", Integer.toString(part))
                    .replace("INCLUDE", below.isEmpty() ? "" : "#include \"" + below + "/" + below + ".hpp\"")
                    .replace("BELOW", below.isEmpty() ? "" : "+ " + below + "::part_" + part + "(values)"));
        }
        write(folder.resolve("include/" + name + "/" + name + ".hpp"), """
                #pragma once
                #include <vector>
                namespace NAME {
                int part_0(const std::vector<int> & values);
                int part_1(const std::vector<int> & values);
                int part_2(const std::vector<int> & values);
                int part_3(const std::vector<int> & values);
                }
                """.replace("NAME", name));
        write(folder.resolve("CMakeLists.txt"), """
                cmake_minimum_required(VERSION 3.16)
                project(NAME CXX)
                find_package(ament_cmake REQUIRED)
                FIND
                add_library(NAME SHAREDPARTS)
                target_include_directories(NAME PUBLIC
                  $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>)
                LINK
                install(DIRECTORY include/ DESTINATION include)
                install(TARGETS NAME EXPORT NAMETargets LIBRARY DESTINATION lib)
                ament_export_targets(NAMETargets HAS_LIBRARY_TARGET)
                EXPORTED
                ament_package()
                """.replace("PARTS", parts)
                .replace("FIND", below.isEmpty() ? "" : "find_package(" + below + " REQUIRED)")
                .replace("LINK", below.isEmpty() ? "" : "target_link_libraries(NAME PUBLIC B::B)")
                .replace("EXPORTED", below.isEmpty() ? "" : "ament_export_dependencies(B)")
                .replace("NAME", name)
                .replace("B::B", below + "::" + below)
                .replace("(B)", "(" + below + ")"));
    }

    private void writeNode(int number) throws IOException {
        String name = name("node", number);
        String library = name("lib", number);
        Path folder = project.resolve("src").resolve(name);
        write(folder.resolve("package.xml"), manifest(name, "ament_cmake", library));
        write(folder.resolve("src/main.cpp"), """
                #include "LIB/LIB.hpp"
                #include <iostream>
                int main() {
                  std::cout << LIB::part_0({1, 2, 3}) + LIB::part_1({4}) << std::endl;
                }
                """.replace("LIB", library));
        write(folder.resolve("CMakeLists.txt"), """
                cmake_minimum_required(VERSION 3.16)
                project(NAME CXX)
                find_package(ament_cmake REQUIRED)
                find_package(LIB REQUIRED)
                add_executable(NAME src/main.cpp)
                target_link_libraries(NAME LIB::LIB)
                install(TARGETS NAME DESTINATION lib/NAME)
                ament_package()
                """.replace("NAME", name).replace("LIB", library));
    }

    private void writePython(int number) throws IOException {
        String name = name("py", number);
        Path folder = project.resolve("src").resolve(name);
        write(folder.resolve("package.xml"), manifest(name, "ament_python", "python3"));
        write(folder.resolve("resource/" + name), "");
        write(folder.resolve(name + "/__init__.py"), "");
        write(folder.resolve(name + "/node.py"), "def main():\n    print('" + name + "')\n");
        write(
                folder.resolve("setup.cfg"),
                "[develop]\nscript_dir=$base/lib/" + name + "\n[install]\ninstall_scripts=$base/lib/" + name + "\n");
        write(folder.resolve("setup.py"), """
                from setuptools import setup
                setup(name='NAME', version='1.0.0', packages=['NAME'],
                      data_files=[('share/ament_index/resource_index/packages', ['resource/NAME']),
                                  ('share/NAME', ['package.xml'])],
                      entry_points={'console_scripts': ['NAME = NAME.node:main']})
                """.replace("NAME", name));
    }

    private static String manifest(String name, String type, String dependency) {
        String tool = type.equals("ament_cmake") ? "<buildtool_depend>ament_cmake</buildtool_depend>" : "";
        return """
                <package format="3"><name>NAME</name><version>1.0.0</version><description>generated</description>
                <maintainer email="nobody@example.org">nobody</maintainer><license>Apache-2.0</license>
                TOOL
                DEPENDS
                <export><build_type>TYPE</build_type></export></package>
                """.replace("TOOL", tool)
                .replace("DEPENDS", dependency.isEmpty() ? "" : "<depend>" + dependency + "</depend>")
                .replace("NAME", name)
                .replace("TYPE", type);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }
}
