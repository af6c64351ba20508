package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.ReadyProcess;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.sandbox.SandboxCommand.Bind;
import io.rosbalena.sandbox.Script;
import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sandbox without walls: runs a command on this machine as it is. Folders that would be bound to places in a root stay
 * where they are, so their names are changed on the way in, and back in what comes out as text.
 */
final class HostSandbox implements Sandbox {
    /** Lists of folders in which those of the caller's shell count, not those of a root. */
    private static final Set<String> OF_THE_CALLER = Set.of(
            "PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "PKG_CONFIG_PATH", "AMENT_PREFIX_PATH", "CMAKE_PREFIX_PATH");

    private final HostTools tools;

    HostSandbox(HostTools tools) {
        this.tools = tools;
    }

    @Override
    public String name() {
        return "this machine, unconfined";
    }

    @Override
    public boolean isolatesNetwork() {
        return false;
    }

    @Override
    public int run(SandboxCommand command, Consumer<String> output) throws IOException, InterruptedException {
        String install = InstallTree.INSTALL.absolute();
        for (Bind bind : command.binds()) {
            if (bind.target().equals(install)) {
                Relocation here = new Relocation(List.of(install), bind.source().toString());
                for (Path folder : folders(bind.source())) {
                    here.text(folder);
                }
            }
        }
        List<String> line = new ArrayList<>(List.of(outside(command.workingDirectory(), command.binds())));
        for (String argument : command.arguments()) {
            line.add(outside(argument, command.binds()));
            if (argument.equals("--cmake-args")) {
                // Else the folder that a library was built in is part of its build identifier.
                line.add(" -DCMAKE_BUILD_RPATH_USE_ORIGIN=ON");
            }
        }
        int status = run(Script.of(HostSandbox.class, "host.sh").line(line), command, output);
        for (Bind bind : command.binds()) {
            if (bind.target().equals(install)) {
                new Relocation(names(bind.source()), install).setup(bind.source());
            } else if (bind.writable()) {
                nameInside(bind.source(), command.binds());
            }
        }
        return status;
    }

    private int run(List<String> line, SandboxCommand command, Consumer<String> output)
            throws IOException, InterruptedException {
        Consumer<String> inside = said -> output.accept(inside(said, command.binds()));
        try (ReadyProcess process = ReadyProcess.start(line, environment(command), inside)) {
            if (process.awaitReady()) {
                process.proceed();
                return process.await();
            }
            throw FindingException.environment(Finding.error(
                            "RB332", "cannot start colcon on this machine: " + String.join("; ", process.said()))
                    .fix("If the machine's settings were changed meanwhile, start again; else report this message."));
        }
    }

    /** As a build in a root has it, but with what the caller's shell has sourced. */
    private Map<String, String> environment(SandboxCommand command) {
        Map<String, String> environment = new TreeMap<>(tools.environment());
        command.environment().forEach((name, value) -> {
            if (!OF_THE_CALLER.contains(name) || !environment.containsKey(name)) {
                environment.put(name, value);
            }
        });
        // What pip has installed for the user is found by it.
        environment.put("HOME", System.getProperty("user.home"));
        for (Bind bind : command.binds()) {
            if (bind.target().equals(ColconCommand.WORKSPACE + "/log")) {
                // Else a user's ~/.colcon/defaults.yaml would have its say.
                environment.put("COLCON_HOME", bind.source().toString());
            }
        }
        // GCC 8 and Clang 10; what it changes stands in debug symbols and assertions.
        String maps = command.binds().stream()
                .map(bind -> "-ffile-prefix-map=" + bind.source() + "=" + bind.target())
                .map(option -> option.indexOf(' ') < 0 ? option : "\"" + option + "\"")
                .collect(Collectors.joining(" "));
        environment.merge("CFLAGS", maps, (own, more) -> own + " " + more);
        environment.merge("CXXFLAGS", maps, (own, more) -> own + " " + more);
        return environment;
    }

    /** The names that a folder of this machine may be written with. */
    static List<String> names(Path folder) throws IOException {
        return List.of(folder.toString(), folder.toRealPath().toString());
    }

    private static List<Path> folders(Path install) throws IOException {
        try (Stream<Path> children = Files.list(install)) {
            return children.filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    private static String outside(String word, List<Bind> binds) {
        for (Bind bind : binds) {
            if (word.equals(bind.target()) || word.startsWith(bind.target() + "/")) {
                return bind.source() + word.substring(bind.target().length());
            }
        }
        // The folders of a run stand in one, as those of a workspace do.
        return word.equals(ColconCommand.WORKSPACE) && !binds.isEmpty()
                ? binds.get(0).source().resolveSibling("").toString()
                : word;
    }

    private static String inside(String text, List<Bind> binds) {
        String replaced = text;
        for (Bind bind : binds) {
            replaced = replaced.replace(bind.source().toString(), bind.target());
        }
        return replaced;
    }

    /** Logs, and the files in which compilers write down what they have read. */
    private static void nameInside(Path folder, List<Bind> binds) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(HostSandbox::isText).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                Files.writeString(file, inside(text, binds), StandardCharsets.ISO_8859_1);
            }
        }
    }

    private static boolean isText(Path file) {
        String name = FileNames.name(file);
        return (name.endsWith(".d") || name.equals("stdout_stderr.log"))
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
