package io.rosbalena.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A library that gives every program that it is loaded into another zlib: asked for level 4, it compresses at level 6.
 * Java machines that bring a zlib of their own do not notice it.
 *
 * @param folder where it stands
 */
record OtherZlib(Path folder) {
    private static final String SOURCE = """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <stdio.h>
            typedef int init(void *, int, int, int, int, int, const char *, int);
            int deflateInit2_(void *z, int level, int method, int bits, int mem, int strategy, const char *v, int size) {
                init *real = (init *) dlsym(RTLD_NEXT, "deflateInit2_");
                if (level == 4) {
                    FILE *mark = fopen(MARK, "a");
                    if (mark) fclose(mark);
                    level = 6;
                }
                return real(z, level, method, bits, mem, strategy, v, size);
            }
            """;

    /** Compiles it; skips the test where there is no C compiler. */
    static OtherZlib in(Path folder) throws IOException, InterruptedException {
        Program.require("gcc");
        OtherZlib zlib = new OtherZlib(Files.createDirectories(folder));
        Path source = Files.writeString(folder.resolve("zlib.c"), SOURCE);
        Files.deleteIfExists(zlib.mark());
        Program.of(
                        "gcc",
                        "-shared",
                        "-fPIC",
                        "-DMARK=\"" + zlib.mark() + "\"",
                        "-o",
                        zlib.library().toString(),
                        source.toString(),
                        "-ldl")
                .output();
        return zlib;
    }

    Path library() {
        return folder.resolve("otherzlib.so");
    }

    /** Whether some program compressed with it. */
    boolean wasUsed() {
        return Files.exists(mark());
    }

    private Path mark() {
        return folder.resolve("used");
    }
}
