package io.rosbalena.symbols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.RealTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cores of a program that the machine's gcc made, compared with what readelf says of the files. */
class CoreDumpTest {
    private static final Pattern ID = Pattern.compile("Build ID: ([0-9a-f]+)");

    @TempDir
    static Path folder;

    private static Path program;
    private static Path library;

    @BeforeAll
    static void compile() throws IOException {
        RealTool.require("gcc", "readelf");
        Files.writeString(folder.resolve("fall.c"), "#include <stdlib.h>\nvoid fall(void) { abort(); }\n");
        Files.writeString(folder.resolve("main.c"), "void fall(void);\nint main() { fall(); return 0; }\n");
        RealTool.run(folder, "gcc", "-g", "-shared", "-fPIC", "-Wl,--build-id", "-o", "libfall.so", "fall.c");
        RealTool.run(
                folder,
                "gcc",
                "-g",
                "-Wl,--build-id",
                "-o",
                "walker",
                "main.c",
                "-L.",
                "-lfall",
                "-Wl,-rpath," + folder);
        program = folder.resolve("walker").toRealPath();
        library = folder.resolve("libfall.so").toRealPath();
    }

    @Test
    void aCoreOfTheKernelTellsTheFilesAndTheirBuildIds() throws IOException, InterruptedException {
        checkFiles(CoreDump.read(RealCore.ofKernel(folder, program)));
    }

    @Test
    void aCoreOfGdbTellsThemToo() throws IOException {
        checkFiles(CoreDump.read(RealCore.ofDebugger(folder, program)));
    }

    private static void checkFiles(CoreDump dump) throws IOException {
        assertThat(dump.program()).contains(program.toString());
        Map<String, Optional<BuildId>> files =
                dump.files().stream().collect(Collectors.toMap(MappedFile::path, MappedFile::id));
        assertThat(files)
                .containsEntry(program.toString(), Optional.of(id(program)))
                .containsEntry(library.toString(), Optional.of(id(library)));
        Path libc = Path.of(files.keySet().stream()
                .filter(path -> path.endsWith("/libc.so.6"))
                .findFirst()
                .orElseThrow());
        assertThat(files).containsEntry(libc.toString(), Optional.of(id(libc)));
    }

    @Test
    void whatIsNoCoreIsToldAsWhatItIs() throws IOException {
        assertThatThrownBy(() -> CoreDump.read(program)).hasMessageContaining("program, a library or an object");
        Path text = Files.writeString(folder.resolve("text"), "x".repeat(100));
        assertThatThrownBy(() -> CoreDump.read(text)).hasMessageContaining("no ELF file");
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThatThrownBy(() -> CoreDump.read(empty)).hasMessageContaining("no ELF file");
    }

    @Test
    void aCoreThatWasCutOffSaysSo() throws IOException, InterruptedException {
        byte[] whole = Files.readAllBytes(RealCore.ofKernel(folder, program));
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, 1000));

        assertThatThrownBy(() -> CoreDump.read(cut))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was it cut off by a limit of its size");
    }

    @Test
    void aCoreThatLiesNeverGivesAnythingButAnIoException() throws IOException, InterruptedException {
        byte[] good = Arrays.copyOf(Files.readAllBytes(RealCore.ofKernel(folder, program)), 64 << 10);
        Random random = new Random(1);
        Path file = folder.resolve("lies");
        int read = 0;
        for (int i = 0; i < 1500; i++) {
            byte[] bad = good.clone();
            for (int change = 0; change < 6; change++) {
                int range = change < 2 ? 64 : change < 4 ? 4096 : bad.length;
                bad[random.nextInt(range)] = (byte) random.nextInt(256);
            }
            Files.write(file, bad);
            try {
                assertThat(CoreDump.read(file).files()).isNotEmpty();
                read++;
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(read).isBetween(1, 1499);
    }

    private static BuildId id(Path file) throws IOException {
        Matcher id = ID.matcher(RealTool.run(folder, "readelf", "-n", file.toString()));
        assertThat(id.find()).isTrue();
        return new BuildId(id.group(1));
    }
}
