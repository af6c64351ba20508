package io.rosbalena.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An install prefix: who made it, and which packages with which run-time dependencies it says it holds.
 *
 * @param path absolute path
 * @param layout how its packages stand
 * @param packages name of each package → names that its run-time dependencies have
 */
record Prefix(String path, Layout layout, Map<String, Set<String>> packages) {
    /** Where the files of a package stand, and which tool's index tells the packages. */
    enum Layout {
        COLCON_ISOLATED,
        COLCON_MERGED,
        AMENT
    }

    private static final String COLCON_INDEX = "share/colcon-core/packages";
    private static final String AMENT_INDEX = "share/ament_index/resource_index";

    static Prefix read(FileView files, String path) throws IOException {
        String marker = text(files, path + "/.colcon_install_layout").strip();
        if (marker.equals("isolated")) {
            return new Prefix(path, Layout.COLCON_ISOLATED, isolated(files, path));
        }
        if (!marker.isEmpty()) {
            String index = path + "/" + COLCON_INDEX;
            return new Prefix(path, Layout.COLCON_MERGED, indexed(files, index, index, ":"));
        }
        String index = path + "/" + AMENT_INDEX;
        return new Prefix(
                path, Layout.AMENT, indexed(files, index + "/packages", index + "/package_run_dependencies", ";"));
    }

    boolean isColcon() {
        return layout != Layout.AMENT;
    }

    /** The prefix of one package: with the isolated layout a directory of its own. */
    String of(String packageName) {
        return layout == Layout.COLCON_ISOLATED ? path + "/" + packageName : path;
    }

    private static Map<String, Set<String>> isolated(FileView files, String path) throws IOException {
        Map<String, Set<String>> packages = new TreeMap<>();
        for (String name : files.list(path)) {
            String index = path + "/" + name + "/" + COLCON_INDEX + "/" + name;
            if (!name.startsWith(".") && files.isFile(index)) {
                packages.put(name, items(text(files, index), ":"));
            }
        }
        return packages;
    }

    private static Map<String, Set<String>> indexed(FileView files, String names, String dependencies, String separator)
            throws IOException {
        Map<String, Set<String>> packages = new TreeMap<>();
        for (String name : files.list(names)) {
            if (!name.startsWith(".") && files.isFile(names + "/" + name)) {
                packages.put(name, items(text(files, dependencies + "/" + name), separator));
            }
        }
        return packages;
    }

    private static String text(FileView files, String path) throws IOException {
        return files.read(path)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
    }

    private static Set<String> items(String content, String separator) {
        return content.isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(content.split(separator)));
    }
}
