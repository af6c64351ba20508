package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries made by the machine's gcc. */
class SharedObjectInterfaceTest {
    private static final String SOURCE = "int limit = 7;\nint count(int from) { return from + 1; }\n";

    @TempDir
    Path folder;

    @Test
    void functionBodiesAndDebugInformationDoNotCount() throws IOException, InterruptedException {
        Digest plain = interfaceOf(SOURCE);

        assertThat(interfaceOf(SOURCE.replace("from + 1", "from * 1234567 - 3")))
                .isEqualTo(plain);
        assertThat(interfaceOf("/* new */\n\n" + SOURCE, "-g")).isEqualTo(plain);
    }

    @Test
    void symbolsSizesOfDataAndNamesOfLibrariesCount() throws IOException, InterruptedException {
        Digest plain = interfaceOf(SOURCE);

        assertThat(interfaceOf(SOURCE + "int more(void) { return 0; }")).isNotEqualTo(plain);
        assertThat(interfaceOf(SOURCE.replace("int limit = 7", "int limit[2] = {7}")))
                .isNotEqualTo(plain);
        assertThat(interfaceOf(SOURCE.replace("int limit", "const int limit"))).isNotEqualTo(plain);
        assertThat(interfaceOf(SOURCE.replace("int count", "__attribute__((weak)) int count")))
                .isNotEqualTo(plain);
        assertThat(interfaceOf(SOURCE, "-Wl,-soname,libcounter.so.2")).isNotEqualTo(plain);
        assertThat(interfaceOf(SOURCE, "-Wl,--no-as-needed", "-lm")).isNotEqualTo(plain);
        assertThat(interfaceOf(SOURCE, "-Wl,-rpath,/opt")).isNotEqualTo(plain);
    }

    @Test
    void versionsOfSymbolsCount() throws IOException, InterruptedException {
        Path first = Files.writeString(folder.resolve("first.map"), "V1 { global: count; };\n");
        Path second = Files.writeString(folder.resolve("second.map"), "V2 { global: count; };\n");

        assertThat(interfaceOf(SOURCE, "-Wl,--version-script=" + first))
                .isNotEqualTo(interfaceOf(SOURCE, "-Wl,--version-script=" + second));
    }

    @Test
    void programsAndOtherFilesCountWithAllTheirBytes() throws IOException, InterruptedException {
        assertThat(SharedObjectInterface.of(compile("int main() { return 0; }", List.of())))
                .isEmpty();
        assertThat(SharedObjectInterface.of(Files.writeString(folder.resolve("text"), "x".repeat(100))))
                .isEmpty();
        assertThat(SharedObjectInterface.of(Files.writeString(folder.resolve("empty"), "")))
                .isEmpty();
    }

    @Test
    void brokenFilesNeverThrow() throws IOException, InterruptedException {
        byte[] good = Files.readAllBytes(library(SOURCE));
        Random random = new Random(1);
        Path file = folder.resolve("broken");
        for (int i = 0; i < 2000; i++) {
            byte[] bad = good.clone();
            for (int change = 0; change < 8; change++) {
                int range = change < 4 ? 64 : bad.length;
                bad[random.nextInt(range)] = (byte) random.nextInt(256);
            }
            Files.write(file, bad);
            assertThat(SharedObjectInterface.of(file)).isNotNull();
        }
    }

    private Digest interfaceOf(String source, String... options) throws IOException, InterruptedException {
        Optional<Digest> found = SharedObjectInterface.of(library(source, options));
        return found.orElseThrow();
    }

    private Path library(String source, String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-shared", "-fPIC"));
        all.addAll(List.of(options));
        return compile(source, all);
    }

    private Path compile(String source, List<String> options) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "skipped: gcc is not here");
        Path file = Files.writeString(Files.createTempDirectory(folder, "c").resolve("a.c"), source);
        Path output = file.resolveSibling("out");
        List<String> command = new ArrayList<>(List.of("gcc", "-O1", "-o", output.toString(), file.toString()));
        command.addAll(options);
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return output;
    }
}
