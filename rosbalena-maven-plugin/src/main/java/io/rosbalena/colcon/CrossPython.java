package io.rosbalena.colcon;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How extensions of Python are compiled for another machine: by an interpreter that runs here and tells what is true there.
 *
 * @param machine what is compiled for
 * @param sysroot its root
 */
record CrossPython(GnuMachine machine, Path sysroot) {
    /** What an interpreter knows of how it was compiled: the suffix of its extensions, its compiler (sysconfig.py). */
    private static final Pattern DATA = Pattern.compile("_sysconfigdata_.*\\.py");

    private static final Pattern VERSION = Pattern.compile("python3\\.[0-9]+");

    /**
     * Makes the interpreter tell what is true on the other machine.
     *
     * @param folder where {@link #write} has put the modules, as the interpreter sees it
     */
    void addTo(Map<String, String> variables, String folder) throws IOException {
        String name = "_sysconfigdata__" + machine.triplet();
        if (data().stream().anyMatch(file -> file.endsWith(name + ".py"))) {
            // Read by Lib/sysconfig.py; without it the suffix is that of the interpreter that runs.
            variables.put("_PYTHON_SYSCONFIGDATA_NAME", name);
            variables.merge("PYTHONPATH", folder, (rest, own) -> rest + ":" + own);
        }
    }

    /** Copies only these modules of the sysroot's Python, so that the others come from the interpreter that runs. */
    void write(Path folder) throws IOException {
        for (Path file : data()) {
            Files.copy(
                    file,
                    folder.resolve(Objects.requireNonNull(file.getFileName()).toString()),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private List<Path> data() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path library : children(sysroot.resolve("usr/lib"), VERSION)) {
            found.addAll(children(library, DATA));
        }
        return found;
    }

    private static List<Path> children(Path folder, Pattern name) throws IOException {
        List<Path> children = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(
                    folder,
                    child -> name.matcher(String.valueOf(child.getFileName())).matches())) {
                stream.forEach(children::add);
            }
        }
        children.sort(null);
        return children;
    }

    /**
     * Lines for the toolchain file. CMake asks no interpreter where its headers are when it compiles for another machine,
     * and finds only what stands in usual places. FindPython3, FindPython and FindPythonLibs ask these variables first.
     */
    List<String> toolchain() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path folder : children(sysroot.resolve("usr/include"), VERSION)) {
            String version = String.valueOf(folder.getFileName());
            String library = CrossCompile.libraries(machine) + "/lib" + version + ".so";
            for (String prefix : List.of("Python3", "Python", "PYTHON")) {
                if (Files.exists(folder.resolve("Python.h"))) {
                    lines.add(cached(prefix + "_INCLUDE_DIR", "PATH", "/usr/include/" + version));
                }
                if (Files.exists(sysroot.resolve(library.substring(1)))) {
                    lines.add(cached(prefix + "_LIBRARY", "FILEPATH", library));
                }
            }
        }
        return lines;
    }

    private static String cached(String name, String type, String path) {
        return "set(" + name + " " + CrossCompile.SYSROOT + path + " CACHE " + type + " \"\")";
    }
}
