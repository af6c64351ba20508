package io.rosbalena.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.RealTool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarWriterTest {
    private static final String EXACTLY_100 = "d/" + "n".repeat(98);
    private static final String EXACTLY_101 = "d/" + "n".repeat(99);
    private static final String DEEP = "d/" + "a-directory-with-a-long-name/".repeat(12) + "grüße-世界-🤖";

    @TempDir
    Path folder;

    private static MemoryTree everything() {
        Entry file = Entry.file(TreePath.parse("d/file"), 0644, "content\n".getBytes(StandardCharsets.UTF_8));
        return new MemoryTree()
                .directory("d", 0755)
                .directory("d/" + "x".repeat(150), 01777)
                .put(file)
                .file("d/empty", 0600, new byte[0])
                .file("d/block", 04755, new byte[512])
                .file(EXACTLY_100, 0644, new byte[] {1})
                .file(EXACTLY_101, 0644, new byte[] {2})
                .file(DEEP, 0644, new byte[] {3})
                .file("d/späße", 0644, new byte[] {4})
                .file("d/blank and 'quote'\nline", 0644, new byte[] {5})
                .put(hardlink("d/hard", "d/file"))
                .put(hardlink("d/o", EXACTLY_101))
                .symlink("d/link", "file")
                .symlink("d/absolute", "/etc/alternatives/../größe")
                .symlink("d/long-link", "../" + "t/".repeat(300) + "é")
                .put(file.at(TreePath.parse("d/owned")).withOwner(1234, 65534).withTime(1_500_000_000))
                .put(file.at(TreePath.parse("d/far")).withOwner(3_000_000, 4_000_000_000L))
                .put(file.at(TreePath.parse("d/future")).withTime(1L << 33))
                .put(file.at(TreePath.parse("d/past")).withTime(-12345));
    }

    private static Entry hardlink(String path, String target) {
        return new Entry(TreePath.parse(path), Entry.Kind.HARDLINK, 0644, 0, 0, Entry.EPOCH, target, 0, Content.EMPTY);
    }

    private static byte[] write(FileTree tree) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(out);
        for (Entry entry : tree.entries()) {
            tar.write(entry);
        }
        tar.finish();
        return out.toByteArray();
    }

    private Path archive() throws IOException {
        return Files.write(folder.resolve("ours.tar"), write(everything()));
    }

    @Test
    void ourReaderGivesBackWhatWasWritten() throws IOException {
        TarReader reader = new TarReader(new ByteArrayInputStream(write(everything())));
        List<Entry> read = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        for (Optional<TarHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
            read.add(next.get().entry(Content.EMPTY));
            contents.add(reader.content().readAllBytes());
        }
        List<Entry> written = everything().entries();
        assertThat(read).usingRecursiveComparison().ignoringFields("content").isEqualTo(written);
        for (int i = 0; i < written.size(); i++) {
            assertThat(contents.get(i)).isEqualTo(written.get(i).content().bytes());
        }
    }

    @Test
    void gnuTarWritesTheSameBytesFromTheFilesThatItUnpacked() throws IOException {
        RealTool.require("tar");
        Path ours = archive();
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        // The tests may run as a plain user, who cannot give files away: those two owners are tested elsewhere.
        RealTool.run(unpacked, "tar", "--no-same-owner", "-xpf", ours.toString());
        List<String> names = new ArrayList<>();
        MemoryTree rooted = new MemoryTree();
        for (Entry entry : everything().entries()) {
            rooted.put(entry.isDirectory() || entry.isSymlink() ? entry : entry.withOwner(0, 0));
            names.add(entry.path().text());
        }
        Files.writeString(folder.resolve("names"), String.join("\0", names) + "\0");
        RealTool.run(
                unpacked,
                "tar",
                "--format=gnu",
                "--numeric-owner",
                "--owner=0",
                "--group=0",
                "--no-recursion",
                "--null",
                "--files-from=../names",
                "-b1",
                "-cf",
                "../theirs.tar");
        byte[] theirs = Files.readAllBytes(folder.resolve("theirs.tar"));
        assertThat(Arrays.mismatch(theirs, write(rooted))).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar", "bsdtar"})
    void otherProgramsListWhatWasWritten(String program) throws IOException {
        RealTool.require(program);
        String listed = RealTool.run(folder, program, "-tf", archive().toString());
        assertThat(listed.lines()).hasSize(everything().entries().size());
        String verbose = RealTool.run(
                folder, program, "--numeric-owner", "-tvf", archive().toString());
        assertThat(verbose).contains("4000000000", "3000000", "1234");
    }

    @Test
    void pythonReadsEveryField() throws IOException {
        RealTool.require("python3");
        String script = """
                import sys, tarfile
                for m in tarfile.open(sys.argv[1], 'r:'):
                    kind = 'FILE' if m.isreg() else 'DIRECTORY' if m.isdir() else 'SYMLINK' if m.issym() else 'HARDLINK'
                    print(ascii(m.name), kind, m.mode, m.uid, m.gid, int(m.mtime), ascii(m.linkname), m.size,
                          repr(m.uname + m.gname), m.pax_headers, sep='|')
                """;
        String printed = RealTool.run(folder, "python3", "-c", script, archive().toString());
        List<String> expected = new ArrayList<>();
        for (Entry entry : everything().entries()) {
            expected.add(String.join(
                    "|",
                    ascii(entry.path().text()),
                    entry.kind().name(),
                    Integer.toString(entry.mode()),
                    Long.toString(entry.uid()),
                    Long.toString(entry.gid()),
                    Long.toString(entry.mtime()),
                    ascii(entry.target()),
                    Long.toString(entry.size()),
                    "''",
                    "{}"));
        }
        assertThat(printed.lines()).containsExactlyElementsOf(expected);
    }

    private static String ascii(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                escaped.append("\\n");
            } else if (c < 128) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append(String.format(c < 256 ? "\\x%02x" : c < 65536 ? "\\u%04x" : "\\U%08x", c));
            }
        });
        String quote = text.indexOf('\'') >= 0 ? "\"" : "'";
        return quote + escaped + quote;
    }

    @Test
    void sizesBeyondEightGibibytesAreWrittenInBase256() throws IOException {
        RealTool.require("tar");
        long size = 9L << 30;
        Entry huge =
                new Entry(TreePath.parse("huge"), Entry.Kind.FILE, 0644, 0, 0, 0, "", size, () -> new InputStream() {
                    private long left = size;

                    @Override
                    public int read() {
                        return left-- > 0 ? 0 : -1;
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) {
                        int step = (int) Math.min(left, length);
                        left -= step;
                        return step == 0 ? -1 : step;
                    }
                });
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        long[] written = {0};
        new TarWriter(new OutputStream() {
                    @Override
                    public void write(int b) {
                        written[0]++;
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        if (written[0] == 0) {
                            head.write(bytes, offset, length);
                        }
                        written[0] += length;
                    }
                })
                .write(huge);
        assertThat(written[0]).isEqualTo(512 + size);
        TarHeader header = new TarReader(new ByteArrayInputStream(head.toByteArray()))
                .next()
                .orElseThrow();
        assertThat(header.size()).isEqualTo(size);
    }

    @Test
    void contentsThatDoNotHaveTheirSizeAreRefused() {
        TreePath path = TreePath.parse("f");
        Content three = Content.of(new byte[3]);
        TarWriter tar = new TarWriter(OutputStream.nullOutputStream());
        assertThatThrownBy(() -> tar.write(new Entry(path, Entry.Kind.FILE, 0644, 0, 0, 0, "", 4, three)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("f ends 1 bytes before its size of 4");
        assertThatThrownBy(() -> tar.write(new Entry(path, Entry.Kind.FILE, 0644, 0, 0, 0, "", 2, three)))
                .hasMessageContaining("f has more bytes than its size of 2");
    }

    @Test
    void aHardLinkBeforeItsTargetIsRefused() {
        TarWriter tar = new TarWriter(OutputStream.nullOutputStream());
        assertThatThrownBy(() -> tar.write(hardlink("a", "b"))).hasMessageContaining("a stands before its target b");
    }

    @Test
    void aNameWithoutAFormInUtf8IsRefused() {
        TarWriter tar = new TarWriter(OutputStream.nullOutputStream());
        assertThatThrownBy(() -> tar.write(Entry.file(TreePath.parse("lone-\ud800"), 0644, new byte[0])))
                .isInstanceOf(IOException.class);
    }
}
