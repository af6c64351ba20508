package io.rosbalena.colcon;

import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A package written down in a test. */
final class SourcePackage {
    private final String name;
    private final String buildType;
    private final List<String> manifest = new ArrayList<>();
    private final Set<String> build = new TreeSet<>();
    private final Set<String> run = new TreeSet<>();
    private final Set<String> test = new TreeSet<>();
    private final MemoryTree files = new MemoryTree();

    private SourcePackage(String name, String buildType) {
        this.name = name;
        this.buildType = buildType;
    }

    static SourcePackage cmake(String name, String... lines) {
        SourcePackage made = new SourcePackage(name, "ament_cmake");
        made.manifest.add("<buildtool_depend>ament_cmake</buildtool_depend>");
        return made.file(
                "CMakeLists.txt",
                "cmake_minimum_required(VERSION 3.16)\nproject(" + name + ")\nfind_package(ament_cmake REQUIRED)\n"
                        + String.join("\n", lines) + "\nament_package()\n");
    }

    static SourcePackage python(String name) {
        return new SourcePackage(name, "ament_python")
                .file("setup.py", """
                        from setuptools import setup
                        setup(name='%1$s', version='1.0.0', packages=['%1$s'],
                              data_files=[('share/ament_index/resource_index/packages', ['resource/%1$s']),
                                          ('share/%1$s', ['package.xml'])],
                              entry_points={'console_scripts': ['%1$s_node = %1$s.node:main']})
                        """.formatted(name))
                .file(
                        "setup.cfg",
                        "[develop]\nscript_dir=$base/lib/" + name + "\n[install]\ninstall_scripts=$base/lib/" + name
                                + "\n")
                .file("resource/" + name, "")
                .file(name + "/__init__.py", "")
                .file(name + "/node.py", "def main():\n    print('hello from " + name + "')\n");
    }

    static SourcePackage ofType(String name, String buildType) {
        return new SourcePackage(name, buildType);
    }

    /** Adds a dependency for every purpose. */
    SourcePackage depend(String other) {
        manifest.add("<depend>" + other + "</depend>");
        build.add(other);
        run.add(other);
        return this;
    }

    SourcePackage execDepend(String other) {
        manifest.add("<exec_depend>" + other + "</exec_depend>");
        run.add(other);
        return this;
    }

    SourcePackage testDepend(String other) {
        manifest.add("<test_depend>" + other + "</test_depend>");
        test.add(other);
        return this;
    }

    SourcePackage file(String path, String text) {
        files.file(path, 0644, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** The same package with a text in one of its files replaced. */
    SourcePackage change(String path, String from, String to) {
        try {
            String text = new String(
                    files.find(TreePath.parse(path)).orElseThrow().content().bytes(), StandardCharsets.UTF_8);
            if (!text.contains(from)) {
                throw new IllegalArgumentException(from + " is not in " + path);
            }
            return file(path, text.replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file of a folder. */
    SourcePackage filesOf(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.file(folder.relativize(file).toString(), 0644, Files.readAllBytes(file));
            }
        }
        return this;
    }

    ColconPackage build() throws IOException {
        if (files.find(TreePath.parse("package.xml")).isEmpty()) {
            file("package.xml", """
                    <package format="3"><name>%s</name><version>1.0.0</version><description>test</description>
                    <maintainer email="test@example.org">test</maintainer><license>Apache-2.0</license>
                    %s
                    <export><build_type>%s</build_type></export></package>
                    """.formatted(name, String.join("\n", manifest), buildType));
        }
        KeyBuilder digest = new KeyBuilder();
        for (Entry entry : files.entries()) {
            digest.add(entry.path().text(), Digest.of(entry.content().bytes()));
        }
        return new ColconPackage(
                name,
                buildType,
                TreePath.parse("group/" + name),
                "src/group/" + name,
                files,
                digest.build(),
                build,
                run,
                test);
    }
}
