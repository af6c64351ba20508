package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.JavaInLocale;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources and results with names beyond ASCII come out the same in every locale. */
class LocaleTest {
    @TempDir
    private Path folder;

    /** Writes a tree to disk and captures it as the result of a package. */
    static final class Capturing {
        private Capturing() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            MemoryTree tree = new MemoryTree()
                    .file(
                            "robot/gr\u00f6\u00dfe/\u673a\u5668\u4eba \ud83e\udd16",
                            0755,
                            "x".getBytes(StandardCharsets.UTF_8));
            tree.put(Entry.symlink(
                    new TreePath("robot/gr\u00f6\u00dfe/link"), "../gr\u00f6\u00dfe/\u673a\u5668\u4eba \ud83e\udd16"));
            TreeOnDisk onDisk = new TreeOnDisk(folder.resolve("install"));
            for (Entry entry : tree.entries()) {
                onDisk.write(entry);
            }
            Findings findings = new Findings();
            InstallTree captured = new InstallCapture(
                            folder.resolve("install"), BlobStore.open(folder.resolve("store")), findings)
                    .capture("robot");
            try (PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8)) {
                captured.files().forEach(file -> out.println(file.identity()));
                findings.all().forEach(finding -> out.println(finding.print()));
            }
        }
    }

    @Test
    void namesBeyondAsciiComeOutTheSameInTheCLocale() throws Exception {
        JavaInLocale.assumeUtf8();
        String utf8 = capture("C.UTF-8");
        assertThat(utf8)
                .contains("gr\u00f6\u00dfe/\u673a\u5668\u4eba \ud83e\udd16", "gr\u00f6\u00dfe/link")
                .doesNotContain("RB4");
        assertThat(capture("C")).isEqualTo(utf8);
    }

    private String capture(String locale) throws Exception {
        Path below = folder.resolve(locale);
        Files.createDirectories(below.resolve("install"));
        return JavaInLocale.run(locale, Capturing.class, List.of(InstallCapture.class), below.toString());
    }
}
