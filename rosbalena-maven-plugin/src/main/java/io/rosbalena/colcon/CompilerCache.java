package io.rosbalena.colcon;

import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What compilers gave, as {@code ccache} of a build root keeps it: {@code ccache/<digest>} in the store, a folder for each
 * robot and root, since the code of a workspace can write there and what it writes reaches later compiles.
 *
 * <p>Nothing of it enters the key of a result. ccache(1) takes an object for the same if the compiler, its arguments, its
 * working folder and what is compiled are the same, and all these are at fixed places of the root: the object is the one
 * that the compiler would give, with the same debug information. That the program is in the root is in the root's digest.
 *
 * @param store has the folder
 * @param robot stands for the robot; no other one sees the folder
 */
public record CompilerCache(BlobStore store, Digest robot) {
    /** The Debian package. */
    public static final String PACKAGE = "ccache";

    /** The mount point, an empty directory of those roots that have the package. */
    public static final String PLACE = ColconCommand.WORKSPACE + "/.ccache";

    /**
     * The launchers are variables that CMake reads when it configures a build folder for the first time, since 3.17. No
     * configuration is read from the folder: code of a workspace could have written it.
     */
    private static final Map<String, String> VARIABLES = Map.of(
            "CCACHE_DIR", PLACE,
            "CCACHE_CONFIGPATH", "/dev/null",
            "CCACHE_COMPILERCHECK", "content",
            "CCACHE_TEMPDIR", "/tmp/ccache",
            "CCACHE_MAXSIZE", "2G",
            "CMAKE_C_COMPILER_LAUNCHER", "ccache",
            "CMAKE_CXX_COMPILER_LAUNCHER", "ccache");

    /**
     * The same command with the cache.
     *
     * @return the command as it is if its root has no place for a cache, or if the sandbox copies folders instead of showing
     *     them: that would take longer than compiling
     */
    SandboxCommand addTo(SandboxCommand command, BuildRoot root, Sandbox sandbox) throws IOException {
        Path place = root.directory().resolve(PLACE.substring(1));
        if (!sandbox.showsFolders() || !Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            return command;
        }
        List<SandboxCommand.Bind> binds = new ArrayList<>(command.binds());
        binds.add(new SandboxCommand.Bind(folder(root), PLACE, true));
        Map<String, String> environment = new TreeMap<>(command.environment());
        environment.putAll(VARIABLES);
        return new SandboxCommand(command.root(), binds, command.workingDirectory(), environment, command.arguments());
    }

    private Path folder(BuildRoot root) throws IOException {
        Digest name =
                new KeyBuilder().add("robot", robot).add("root", root.digest()).build();
        Path folder = Files.createDirectories(store.root().resolve("ccache").resolve(name.hex()));
        // The store is cleaned by last use.
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
        return folder;
    }
}
