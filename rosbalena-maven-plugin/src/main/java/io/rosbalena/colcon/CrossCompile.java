package io.rosbalena.colcon;

import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.tree.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Compiling for another machine: programs come from the root that is compiled in, headers and libraries from a root of
 * the machine that is compiled for, of which no program is ever run.
 *
 * @param machine what is compiled for
 * @param sysroot the other machine's root; no link in it is absolute, and {@code /ros2_ws/install} in it is a link to the
 *     same place outside
 */
public record CrossCompile(GnuMachine machine, Path sysroot) {
    /** Raised when the same packages would come out otherwise. */
    public static final int VERSION = 1;

    /** Where the sysroot is seen in the root that is compiled in. */
    public static final String SYSROOT = ColconCommand.WORKSPACE + "/sysroot";

    /** Paths of the sysroot in assertions and symbols would be none of the robot. */
    private static final String PREFIX_MAP = "-ffile-prefix-map=" + SYSROOT + "=";

    /** Beside the packages' build folders; no package can have such a name. */
    private static final String FOLDER = ".cross";

    private static final String TOOLCHAIN = "toolchain.cmake";

    private static final String PYTHON = "python";

    /**
     * The packages that a root needs to compile for a machine, without the C library that comes with them: that of the
     * sysroot is the one that the robot runs.
     *
     * @param names of the compilers' packages and all that they depend on
     */
    public static Set<String> withoutLibc(GnuMachine machine, Set<String> names) {
        Set<String> left = new TreeSet<>(names);
        left.removeIf(name -> name.endsWith(machine.crossSuffix())
                && (name.startsWith("libc6-") || name.startsWith("linux-libc-dev-")));
        return left;
    }

    /** The directories that a root needs so that {@link #binds} can be seen in it. */
    public static List<String> mountPoints(GnuMachine machine) {
        return List.of(SYSROOT, libraries(machine), headers(machine));
    }

    static String libraries(GnuMachine machine) {
        return "/usr/lib/" + machine.triplet();
    }

    /**
     * The file that the C library's linker script names by its place on the robot, with where a link to it leads here: a
     * linker that is told to look into the machine's own folder does not look into the sysroot for it.
     */
    public static Map<String, String> links(GnuMachine machine) {
        return Map.of(
                machine.loader(), libraries(machine) + "/" + machine.loader().replaceFirst(".*/", ""));
    }

    private static String headers(GnuMachine machine) {
        return "/usr/include/" + machine.triplet();
    }

    /**
     * The machine's own folders are seen where they stand on it, too: CMake files of packages name libraries by such paths,
     * and who starts the compiler without {@code --sysroot}, as setuptools does, finds everything there.
     */
    List<SandboxCommand.Bind> binds() {
        List<SandboxCommand.Bind> binds = new ArrayList<>();
        binds.add(new SandboxCommand.Bind(sysroot, SYSROOT, false));
        for (String own : List.of(libraries(machine), headers(machine))) {
            Path folder = sysroot.resolve(own.substring(1));
            if (Files.isDirectory(folder)) {
                binds.add(new SandboxCommand.Bind(folder, own, false));
            }
        }
        return binds;
    }

    /** What CMake gets besides. */
    List<String> cmakeArguments() {
        return List.of("-DCMAKE_TOOLCHAIN_FILE=" + inside(TOOLCHAIN));
    }

    private static String inside(String name) {
        return ColconCommand.WORKSPACE + "/build/" + FOLDER + "/" + name;
    }

    /** The variables of a compile, with those that other tools than CMake ask. */
    SortedMap<String, String> environment(Map<String, String> before) throws IOException {
        SortedMap<String, String> variables = new TreeMap<>(before);
        variables.put("PKG_CONFIG_SYSROOT_DIR", SYSROOT);
        variables.put(
                "PKG_CONFIG_LIBDIR",
                Stream.of("/usr/local/lib/" + machine.triplet(), libraries(machine), "/usr/lib", "/usr/share")
                        .map(folder -> SYSROOT + folder + "/pkgconfig")
                        .reduce((one, other) -> one + ":" + other)
                        .orElseThrow());
        // For those that ask no toolchain file: setuptools, make.
        variables.put("CC", compiler("gcc"));
        variables.put("CXX", compiler("g++"));
        python().addTo(variables, inside(PYTHON));
        return variables;
    }

    private String compiler(String name) {
        return "/usr/bin/" + machine.triplet() + "-" + name + " --sysroot=" + SYSROOT + " " + PREFIX_MAP;
    }

    private CrossPython python() {
        return new CrossPython(machine, sysroot);
    }

    /** Puts the files that {@link #cmakeArguments} and {@link #environment} name into the folder of a build. */
    void write(Path build) throws IOException {
        Path folder = Files.createDirectories(build.resolve(FOLDER));
        Path toolchain = Files.write(folder.resolve(TOOLCHAIN), toolchain(), StandardCharsets.UTF_8);
        // Not newer than a build folder that is used again: CMake would begin anew.
        Files.setLastModifiedTime(toolchain, FileTime.from(Entry.EPOCH, TimeUnit.SECONDS));
        python().write(Files.createDirectories(folder.resolve(PYTHON)));
    }

    /**
     * The toolchain file, cmake-toolchains(7). Programs are never looked for in the sysroot, headers and libraries only
     * there and in the workspace, and CMake's own files of packages wherever they are: those of programs are in the root.
     */
    private List<String> toolchain() throws IOException {
        String gnu = "/usr/bin/" + machine.triplet();
        String flags = "\"" + PREFIX_MAP + "\"";
        List<String> lines = new ArrayList<>(List.of(
                "set(CMAKE_SYSTEM_NAME Linux)",
                "set(CMAKE_SYSTEM_PROCESSOR " + machine.processor() + ")",
                "set(CMAKE_SYSROOT " + SYSROOT + ")",
                "set(CMAKE_LIBRARY_ARCHITECTURE " + machine.triplet() + ")",
                "set(CMAKE_C_COMPILER " + gnu + "-gcc)",
                "set(CMAKE_CXX_COMPILER " + gnu + "-g++)",
                "set(CMAKE_C_FLAGS_INIT " + flags + ")",
                "set(CMAKE_CXX_FLAGS_INIT " + flags + ")",
                "set(CMAKE_FIND_ROOT_PATH " + SYSROOT + " " + ColconCommand.WORKSPACE + ")",
                "set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)",
                "set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)",
                "set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)",
                "set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE BOTH)"));
        lines.addAll(python().toolchain());
        return lines;
    }
}
