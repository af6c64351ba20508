package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.BlobStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two install folders side by side, captured into stores of their own. */
class TreeDifferenceTest {
    @TempDir
    private Path folder;

    private Path one;
    private Path other;

    @BeforeEach
    void makeFolders() throws IOException {
        one = Files.createDirectories(folder.resolve("one/p"));
        other = Files.createDirectories(folder.resolve("other/p"));
    }

    private List<String> lines() throws IOException {
        BlobStore first = BlobStore.open(folder.resolve("first"));
        BlobStore second = BlobStore.open(folder.resolve("second"));
        return new TreeDifference(first, second)
                        .of(
                                new InstallCapture(folder.resolve("one"), first, new Findings()).capture("p"),
                                new InstallCapture(folder.resolve("other"), second, new Findings()).capture("p"))
                        .stream()
                        .map(FileDifference::line)
                        .toList();
    }

    private void write(String name, byte[] first, byte[] second) throws IOException {
        Files.write(one.resolve(name), first);
        Files.write(other.resolve(name), second);
    }

    private void write(String name, String first, String second) throws IOException {
        write(name, first.getBytes(StandardCharsets.UTF_8), second.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void equalFoldersDoNotDiffer() throws IOException {
        write("a", "x", "x");

        assertThat(lines()).isEmpty();
    }

    @Test
    void textsAreToldByLine() throws IOException {
        write("a.txt", "same\nµ of run 1\n", "same\nµ of run 2\n");
        write("b.txt", "x\ny\nz\n", "z\nx\ny\n");
        write("c.txt", "x\n", "x\ny\n");

        assertThat(lines())
                .containsExactly(
                        "a.txt: line 2 is \"µ of run 1\" the first time, \"µ of run 2\" the second (a number)",
                        "b.txt: line 1 is \"x\" the first time, \"z\" the second (the same in another order)",
                        "c.txt: it has 1 lines the first time and 2 the second");
    }

    @Test
    void ofLongLinesTheEndThatDiffersIsShown() throws IOException {
        String long1 = "x".repeat(5000);
        write("a.txt", long1 + "fast" + long1, long1 + "slow" + long1);

        assertThat(lines())
                .singleElement()
                .asString()
                .contains("xfastx", "xslowx")
                .hasSizeLessThan(500);
    }

    @Test
    void otherFilesAreToldByByte() throws IOException {
        write("a.bin", new byte[] {0, 1, 2, 3}, new byte[] {0, 1, 9, 3});
        write("b.bin", "\0\0built 10:01:02\0", "\0\0built 10:01:07\0");
        write("c.bin", new byte[] {0, (byte) 0xff}, new byte[] {0, (byte) 0xff, 0});

        assertThat(lines())
                .containsExactly(
                        "a.bin: byte 2 is the first that differs, of 4 and 4",
                        "b.bin: byte 15 is the first that differs, of 17 and 17: \"built 10:01:02\" the first time,"
                                + " \"built 10:01:07\" the second (a time)",
                        "c.bin: byte 2 is the first that differs, of 2 and 3");
    }

    @Test
    void theTimeInAGzipFileIsKnown() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(1);
        }
        byte[] first = packed.toByteArray();
        byte[] second = first.clone();
        second[5] = 77;
        write("a.gz", first, second);

        assertThat(lines()).singleElement().asString().endsWith("gzip writes a time there (gzip -n does not) (a time)");
    }

    @Test
    void programsAreToldBySection() throws IOException {
        RealTool.require("gcc");
        for (Path project : List.of(one, other)) {
            String time = project.equals(one) ? "10:01:02" : "10:01:07";
            Files.writeString(
                    folder.resolve("main.c"),
                    "const char *built(void) { return \"built \" TIME; }\nint big[300];\nint main(void) { return N; }\n");
            for (String name : List.of("text", "code")) {
                RealTool.run(
                        folder,
                        "gcc",
                        "-DTIME=\"" + (name.equals("text") ? time : "never") + "\"",
                        "-DN=" + (name.equals("code") ? time.charAt(7) : "0"),
                        "-o",
                        project.resolve(name).toString(),
                        "main.c");
            }
        }

        List<String> lines = lines();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).isEqualTo("code: section .text");
        assertThat(lines.get(1))
                .matches("text: section \\.rodata; \\.rodata at byte \\d+ has \"built 10:01:02\" the first time,"
                        + " \"built 10:01:07\" the second \\(a time\\)");
    }

    @Test
    void aFileThatLiesAboutBeingAProgramIsData() throws IOException {
        byte[] lie = new byte[100];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1}, 0, lie, 0, 6);
        Arrays.fill(lie, 40, 64, (byte) 0xee);
        byte[] second = lie.clone();
        second[99] = 1;
        write("a", lie, second);

        assertThat(lines()).containsExactly("a: byte 99 is the first that differs, of 100 and 100");
    }

    @Test
    void kindsModesAndLinksCountToo() throws IOException {
        write("run", "x", "x");
        Files.setPosixFilePermissions(other.resolve("run"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(one.resolve("link"), Path.of("run"));
        Files.createSymbolicLink(other.resolve("link"), Path.of("ran"));
        Files.createSymbolicLink(one.resolve("mixed"), Path.of("run"));
        Files.createDirectory(other.resolve("mixed"));
        Files.createFile(other.resolve("late"));

        assertThat(lines())
                .containsExactly(
                        "late: is there the second time only",
                        "link: leads to \"run\" the first time, \"ran\" the second",
                        "mixed: is a file, a link or a folder, each time something else",
                        "run: is executable the second time only");
    }
}
