package io.rosbalena.symbols;

import io.rosbalena.RealTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Core dumps of programs that end badly, written by this machine's kernel or by gdb. */
public final class RealCore {
    private static final Path PATTERN = Path.of("/proc/sys/kernel/core_pattern");

    private RealCore() {}

    /** Something that runs a program in a folder, where it leaves its core. */
    @FunctionalInterface
    public interface Run {
        void in(Path working) throws IOException, InterruptedException;
    }

    /** The kernel's core of a program. */
    static Path ofKernel(Path folder, Path program) throws IOException, InterruptedException {
        return in(
                folder,
                working -> new ProcessBuilder("sh", "-c", "ulimit -c unlimited; exec \"$0\"", program.toString())
                        .directory(working.toFile())
                        .start()
                        .waitFor());
    }

    /** The kernel's core of whatever runs in a new folder; the test is skipped where cores go elsewhere. */
    public static Path in(Path folder, Run run) throws IOException, InterruptedException {
        String pattern = Files.isReadable(PATTERN) ? Files.readString(PATTERN).strip() : "|";
        Assumptions.assumeTrue(
                !pattern.startsWith("|") && !pattern.contains("/"), "skipped: cores do not stay where a program ran");
        Path working = Files.createTempDirectory(folder, "ran");
        run.in(working);
        try (Stream<Path> left = Files.list(working)) {
            List<Path> files = left.toList();
            Assumptions.assumeTrue(files.size() == 1, "skipped: no core is written here");
            return files.get(0);
        }
    }

    /** The core that gdb writes of a program that it runs. */
    static Path ofDebugger(Path folder, Path program) throws IOException {
        RealTool.require("gdb");
        Path core = Files.createTempDirectory(folder, "gdb").resolve("core");
        RealTool.run(
                folder, "gdb", "--batch", "-nx", "-ex", "run", "-ex", "generate-core-file " + core, program.toString());
        Assumptions.assumeTrue(Files.exists(core), "skipped: gdb may not run programs here");
        return core;
    }
}
