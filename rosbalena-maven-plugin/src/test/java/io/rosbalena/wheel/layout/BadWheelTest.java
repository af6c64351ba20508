package io.rosbalena.wheel.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rosbalena.finding.FindingException;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.wheel.WheelOnDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wheels that nobody should have made are refused with all that is wrong with them, and nothing else happens. */
class BadWheelTest {
    @TempDir
    private Path folder;

    private List<String> problems(WheelOnDisk wheel) throws IOException {
        Path file = wheel.write(folder);
        return problems(file, wheel.filename());
    }

    private static List<String> problems(Path file, String name) throws IOException {
        try (FileTree tree = WheelTree.open(file, name, "/usr/bin/python3")) {
            for (Entry entry : tree.entries()) {
                if (entry.kind() == Entry.Kind.FILE) {
                    entry.content().bytes();
                }
            }
            return List.of();
        } catch (FindingException e) {
            return e.findings().stream()
                    .map(finding -> finding.id() + " " + finding.message())
                    .toList();
        }
    }

    private static WheelOnDisk good() {
        return WheelOnDisk.of("x", "1").file("x.py", "");
    }

    @Test
    void aGoodOneHasNone() throws IOException {
        assertThat(problems(good())).isEmpty();
    }

    @Test
    void namesThatLeadOutOfIt() throws IOException {
        assertThat(problems(good().file("../up", "")
                        .file("/etc/passwd", "")
                        .file("a/../../b", "")
                        .file("a//b", "")))
                .hasSize(4)
                .allMatch(line -> line.startsWith("RB286 the wheel x-1-py3-none-any.whl has a file whose name leads"));
    }

    @Test
    void placesThatLeadOutOfTheImagesFolder() throws IOException {
        assertThat(problems(good().file("x-1.data/scripts/../../up", "")))
                .containsExactly("RB286 the wheel x-1-py3-none-any.whl has a file whose name leads out of it: "
                        + "x-1.data/scripts/../../up");
        assertThat(problems(good().metadata("entry_points.txt", "[console_scripts]\n../up = x:main\nz = x\n")))
                .containsExactly(
                        "RB290 the wheel x-1-py3-none-any.whl declares a program that cannot be made: ../up = x:main",
                        "RB290 the wheel x-1-py3-none-any.whl declares a program that cannot be made: z = x");
    }

    @Test
    void codeInAnEntryPoint() throws IOException {
        assertThat(problems(good().metadata("entry_points.txt", "[console_scripts]\nz = x:main();import os\n")))
                .singleElement()
                .asString()
                .startsWith("RB290");
    }

    @Test
    void aLink() throws IOException {
        assertThat(problems(good().link("l", "/etc/passwd")))
                .containsExactly(
                        "RB286 the wheel x-1-py3-none-any.whl has a symbolic link, which wheels cannot have: l");
    }

    @Test
    void aFileThatIsAFolderToo() throws IOException {
        assertThat(problems(good().file("x.py/y", "")))
                .containsExactly("RB286 the wheel x-1-py3-none-any.whl has a file that is a folder, too: x.py");
        assertThat(problems(good().file("x-1.data/purelib/x.py", "")))
                .containsExactly("RB286 the wheel x-1-py3-none-any.whl has two files for x.py");
    }

    @Test
    void whatItsRecordDoesNotProve() throws IOException {
        assertThat(problems(good().unlisted("y.py", "").changed("x.py", "import os")))
                .containsExactly(
                        "RB289 the wheel x-1-py3-none-any.whl has a file that is not the one of its RECORD: x.py",
                        "RB289 the wheel x-1-py3-none-any.whl has a file that its RECORD does not list with a digest:"
                                + " y.py");
    }

    @Test
    void anUnknownPlace() throws IOException {
        assertThat(problems(good().file("x-1.data/etc/y", "")))
                .containsExactly("RB291 the wheel x-1-py3-none-any.whl has a file for a place that no installation has:"
                        + " x-1.data/etc/y");
    }

    @Test
    void aFormatOfTheFuture() throws IOException {
        assertThat(problems(good().wheelVersion("2.0")))
                .singleElement()
                .asString()
                .startsWith("RB288");
        assertThat(problems(good().wheelVersion("one")))
                .singleElement()
                .asString()
                .startsWith("RB288");
    }

    @Test
    void anotherProjectThanItsNameSays() throws IOException {
        Path file = good().write(folder);

        assertThat(problems(file, "y-1-py3-none-any.whl"))
                .containsExactly("RB287 the wheel y-1-py3-none-any.whl holds x-1.dist-info, which is not what its name"
                        + " says");
        assertThat(problems(file, "x-2-py3-none-any.whl"))
                .singleElement()
                .asString()
                .startsWith("RB287");
    }

    @Test
    void noZipAtAll() throws IOException {
        Path file = Files.writeString(folder.resolve("x-1-py3-none-any.whl"), "<html>not found</html>");

        assertThat(problems(file, "x-1-py3-none-any.whl"))
                .singleElement()
                .asString()
                .startsWith("RB285 the wheel x-1-py3-none-any.whl is no zip archive");
    }

    @Test
    void aProblemThatCannotHelpIsNotHidden() {
        assertThatExceptionOfType(java.nio.file.NoSuchFileException.class)
                .isThrownBy(() -> problems(folder.resolve("gone.whl"), "x-1-py3-none-any.whl"));
    }

    /** Bits that fell over, and ends that are missing: an error or the same files, never anything else. */
    @Property(tries = 400)
    void damage(@ForAll("places") List<Integer> places, @ForAll boolean cut) throws IOException {
        Path work = Files.createTempDirectory("wheel");
        try {
            WheelOnDisk wheel = good().metadata("entry_points.txt", "[console_scripts]\nz = x:main\n");
            Path file = wheel.write(work);
            byte[] bytes = Files.readAllBytes(file);
            for (int place : places) {
                bytes[place % bytes.length] ^= (byte) (1 << (place % 8));
            }
            Files.write(file, cut ? Arrays.copyOf(bytes, places.get(0) % bytes.length) : bytes);
            for (String problem : problems(file, wheel.filename())) {
                assertThat(problem).matches("(?s)RB2(?:8[5-9]|9[01]) the wheel x-1-py3-none-any.whl .*");
            }
        } finally {
            for (Path file : List.of(work.resolve("x-1-py3-none-any.whl"), work)) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Provide
    Arbitrary<List<Integer>> places() {
        return Arbitraries.integers().between(0, 1 << 20).list().ofMinSize(1).ofMaxSize(4);
    }

    /** Deflate can make a gigabyte of a megabyte: what was not promised is not read. */
    @Test
    void moreThanItPromised() throws IOException {
        byte[] zeros = "0".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        WheelOnDisk wheel = good().file("zeros", new String(zeros, StandardCharsets.UTF_8));
        Path file = wheel.write(folder);
        byte[] bytes = Files.readAllBytes(file);
        byte[] size = {0, 0, 0x10, 0};
        for (int i = 0; i + 4 <= bytes.length; i++) {
            if (Arrays.equals(Arrays.copyOfRange(bytes, i, i + 4), size)) {
                bytes[i + 2] = 1;
            }
        }
        Files.write(file, bytes);

        assertThat(problems(file, wheel.filename()))
                .singleElement()
                .asString()
                .startsWith("RB285 the wheel x-1-py3-none-any.whl is damaged at zeros");
    }
}
