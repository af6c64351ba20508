package io.rosbalena.colcon;

import io.rosbalena.environment.DirectoryView;
import io.rosbalena.environment.DsvEnvironment;
import io.rosbalena.environment.ImageEnvironment;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.sandbox.Script;
import io.rosbalena.tree.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How colcon is called so that two calls give the same bytes: fixed paths, an environment of its own, a fixed clock for
 * what would write the time down, isolated install.
 */
final class ColconCommand {
    static final String WORKSPACE = "/ros2_ws";

    /** The file in the folder of split files that says what is to be split. */
    static final String SPLIT_LIST = "list";

    /**
     * Takes one file apart: {@code $1} the tool, {@code $2} the file, {@code $3} its number. No
     * {@code .gnu_debuglink}: it holds a checksum of the debug file, which a moved comment changes. No {@code .comment}:
     * it names the compiler's package, which differs between a cross compiler and the robot's own.
     */
    private static final String SPLIT = """
            "$1" --only-keep-debug --remove-section=.comment "$2" "$3.debug"
            "$1" --strip-unneeded --remove-section=.comment --remove-section=.gnu_debuglink "$2" "$3.part"
            mv "$3.part" "$3.stripped"
            """;

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private ColconCommand() {}

    /** The call that compiles these packages. */
    static SandboxCommand build(
            BuildRoot root,
            CompileFlags flags,
            ColconSettings.Arguments settings,
            Scratch scratch,
            Collection<String> packages,
            Circumstances circumstances)
            throws IOException {
        return new SandboxCommand(
                root.directory(),
                binds(root, scratch),
                WORKSPACE,
                environment(root, flags),
                circumstances.line(arguments(root, flags.jobs(), settings, packages)));
    }

    /**
     * The call that tests packages whose build folders are there, one after another: tests of two packages would hear
     * each other on the network.
     */
    static SandboxCommand test(BuildRoot root, CompileFlags flags, Scratch scratch, Collection<String> packages)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "colcon",
                "--log-base",
                WORKSPACE + "/log",
                "test",
                "--base-paths",
                WORKSPACE + "/src",
                "--build-base",
                WORKSPACE + "/build",
                "--install-base",
                WORKSPACE + "/install",
                "--executor",
                "sequential",
                // Every line comes here at once; the other handlers would keep them all until the end.
                "--event-handlers",
                "console_direct+",
                "console_stderr-",
                "console_cohesion-",
                "--packages-select"));
        arguments.addAll(packages);
        return new SandboxCommand(
                root.directory(),
                binds(root, scratch),
                WORKSPACE,
                environment(root, flags),
                Script.of(ColconCommand.class, "limits.sh").line(arguments));
    }

    /** A call that only lets a package's {@code setup.py} say what is wrong with it. */
    static SandboxCommand askSetupPy(BuildRoot root, CompileFlags flags, Scratch scratch, ColconPackage unit)
            throws IOException {
        return new SandboxCommand(
                root.directory(),
                binds(root, scratch),
                WORKSPACE + "/src/" + unit.directory(),
                environment(root, flags),
                List.of("python3", "setup.py", "--name"));
    }

    /** The call that takes symbols out of the installed files that {@link #SPLIT_LIST} names. */
    static SandboxCommand split(BuildRoot root, CompileFlags flags, Scratch scratch) {
        return new SandboxCommand(
                root.directory(),
                List.of(
                        new SandboxCommand.Bind(scratch.split(), WORKSPACE + "/build", true),
                        new SandboxCommand.Bind(scratch.install(), WORKSPACE + "/install", false)),
                WORKSPACE + "/build",
                Map.of("PATH", PATH, "HOME", "/tmp", "LANG", "C.UTF-8", "LC_ALL", "C.UTF-8", "TZ", "UTC"),
                List.of(
                        "xargs",
                        "--null",
                        "--arg-file=" + SPLIT_LIST,
                        "--max-args=3",
                        "--max-procs=" + flags.jobs(),
                        "sh",
                        "-euc",
                        SPLIT,
                        "sh"));
    }

    private static List<SandboxCommand.Bind> binds(BuildRoot root, Scratch scratch) {
        List<SandboxCommand.Bind> binds = new ArrayList<>(List.of(
                new SandboxCommand.Bind(scratch.source(), WORKSPACE + "/src", false),
                new SandboxCommand.Bind(scratch.build(), WORKSPACE + "/build", true),
                new SandboxCommand.Bind(scratch.install(), WORKSPACE + "/install", true),
                new SandboxCommand.Bind(scratch.log(), WORKSPACE + "/log", true)));
        root.cross().ifPresent(cross -> binds.addAll(cross.binds()));
        return binds;
    }

    private static List<String> arguments(
            BuildRoot root, int jobs, ColconSettings.Arguments settings, Collection<String> packages) {
        List<String> arguments = new ArrayList<>(List.of(
                "colcon",
                "--log-base",
                WORKSPACE + "/log",
                "build",
                "--base-paths",
                WORKSPACE + "/src",
                "--build-base",
                WORKSPACE + "/build",
                "--install-base",
                WORKSPACE + "/install",
                "--continue-on-error"));
        if (jobs > 1) {
            arguments.addAll(List.of("--executor", "parallel", "--parallel-workers", Integer.toString(jobs)));
        } else {
            arguments.addAll(List.of("--executor", "sequential"));
        }
        arguments.add("--packages-select");
        arguments.addAll(packages);
        arguments.add("--cmake-args");
        // Before the user's own, so that these win.
        root.cross()
                .ifPresent(cross -> cross.cmakeArguments().stream()
                        .map(ColconCommand::literal)
                        .forEach(arguments::add));
        settings.cmake().stream().map(ColconCommand::literal).forEach(arguments::add);
        if (!settings.amentCmake().isEmpty()) {
            arguments.add("--ament-cmake-args");
            settings.amentCmake().stream().map(ColconCommand::literal).forEach(arguments::add);
        }
        return arguments;
    }

    /** colcon hands an option of CMake on as it stands if it starts with a blank: else it would take some for its own. */
    private static String literal(String argument) {
        return argument.startsWith("-") ? " " + argument : argument;
    }

    /** The whole environment of a compile: constants, and what the underlay's hooks say. */
    static SortedMap<String, String> environment(BuildRoot root, CompileFlags flags) throws IOException {
        SortedMap<String, String> initial = new TreeMap<>(flags.variables());
        initial.putAll(Map.of(
                "PATH", PATH,
                "HOME", "/tmp",
                "LANG", "C.UTF-8",
                "LC_ALL", "C.UTF-8",
                "TZ", "UTC",
                "SOURCE_DATE_EPOCH", Long.toString(Entry.EPOCH),
                "PYTHONHASHSEED", "0",
                "MAKEFLAGS", "-j" + flags.jobs()));
        if (Files.isDirectory(root.directory().resolve(ImageEnvironment.WHEELS.substring(1)))) {
            initial.put("PYTHONPATH", ImageEnvironment.WHEELS);
            initial.put("PATH", PATH + ":" + ImageEnvironment.WHEELS + "/bin");
        }
        SortedMap<String, String> variables = new TreeMap<>(DsvEnvironment.evaluate(
                        new DirectoryView(root.directory()), List.of("/opt/ros/" + flags.rosDistro()), initial)
                .variables());
        return root.cross().isPresent() ? root.cross().get().environment(variables) : variables;
    }
}
