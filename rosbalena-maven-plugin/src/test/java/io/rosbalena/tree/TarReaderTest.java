package io.rosbalena.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.RealTool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {
    private static final String LONG = "a-name-of-more-than-one-hundred-letters/".repeat(6) + "grüße";

    @TempDir
    Path directory;

    @BeforeEach
    void needsTar() {
        RealTool.require("tar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "oldgnu", "posix"})
    void readsWhatTarWritesInEachFormat(String format) throws IOException {
        Path tree = Files.createDirectories(directory.resolve("tree"));
        Files.createDirectories(tree.resolve(LONG).getParent());
        Files.writeString(tree.resolve(LONG), "content");
        Files.createLink(tree.resolve("hard"), tree.resolve(LONG));
        Files.createSymbolicLink(tree.resolve("soft"), Path.of("../" + LONG));
        RealTool.run(
                tree,
                "tar",
                "--format=" + format,
                "--mtime=@1234567890.5",
                "--owner=someone:3000000",
                "--group=group:7",
                "--mode=u=rwxs,go=r",
                "--sort=name",
                "-cf",
                "../a.tar",
                ".");
        Map<String, TarHeader> headers = new TreeMap<>();
        Map<String, String> contents = new TreeMap<>();
        TarReader reader = new TarReader(Files.newInputStream(directory.resolve("a.tar")));
        byte[] whole = Files.readAllBytes(directory.resolve("a.tar"));
        for (Optional<TarHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
            TarHeader header = next.get();
            headers.put(header.path().text(), header);
            String content = new String(reader.content().readAllBytes(), StandardCharsets.UTF_8);
            contents.put(header.path().text(), content);
            int offset = (int) header.offset();
            assertThat(Arrays.copyOfRange(whole, offset, offset + (int) header.size()))
                    .isEqualTo(content.getBytes(StandardCharsets.UTF_8));
        }
        TarHeader file = headers.get(LONG);
        assertThat(file.type()).isEqualTo(TarHeader.Type.FILE);
        assertThat(file.mode()).isEqualTo(04744);
        assertThat(file.uid()).isEqualTo(3000000);
        assertThat(file.gid()).isEqualTo(7);
        assertThat(file.userName()).isEqualTo("someone");
        assertThat(file.groupName()).isEqualTo("group");
        assertThat(file.mtime()).isEqualTo(1234567890);
        assertThat(contents.get(LONG)).isEqualTo("content");
        assertThat(headers.get("hard").type()).isEqualTo(TarHeader.Type.HARDLINK);
        assertThat(headers.get("hard").target()).isEqualTo(LONG);
        assertThat(headers.get("soft").type()).isEqualTo(TarHeader.Type.SYMLINK);
        assertThat(headers.get("soft").target()).isEqualTo("../" + LONG);
        assertThat(headers.get("").type()).isEqualTo(TarHeader.Type.DIRECTORY);
    }

    @Test
    void refusesANameThatLeavesTheRoot() throws IOException {
        Files.writeString(directory.resolve("evil"), "x");
        Files.createDirectory(directory.resolve("inside"));
        RealTool.run(directory.resolve("inside"), "tar", "-P", "-cf", "a.tar", "../evil");
        assertThatThrownBy(() -> read(directory.resolve("inside/a.tar")))
                .isInstanceOf(MalformedArchiveException.class)
                .hasMessage("the name \"../evil\" leaves the root");
    }

    @Test
    void refusesAHardLinkThatLeavesTheRoot() throws IOException {
        Files.writeString(directory.resolve("a"), "x");
        Files.createLink(directory.resolve("b"), directory.resolve("a"));
        RealTool.run(directory, "tar", "-P", "--transform=flags=h;s,^,../,", "-cf", "a.tar", "a", "b");
        assertThatThrownBy(() -> read(directory.resolve("a.tar")))
                .isInstanceOf(MalformedArchiveException.class)
                .hasMessage("the hard link \"b\" leaves the root: \"../a\"");
    }

    @Test
    void tellsDeviceNodesFromFiles() throws IOException {
        RealTool.run(directory, "tar", "-cf", "a.tar", "-C", "/", "dev/null");
        List<TarHeader> headers = read(directory.resolve("a.tar"));
        assertThat(headers).hasSize(1);
        assertThat(headers.get(0).isSpecial()).isTrue();
        assertThatThrownBy(() -> headers.get(0).entry(Content.EMPTY))
                .isInstanceOf(MalformedArchiveException.class)
                .hasMessage("/dev/null is a device node, which is never unpacked");
    }

    @Test
    void refusesATruncatedArchive() throws IOException {
        Files.write(directory.resolve("a"), new byte[2000]);
        RealTool.run(directory, "tar", "-cf", "a.tar", "a");
        byte[] whole = Files.readAllBytes(directory.resolve("a.tar"));
        for (int length : new int[] {1, 511, 513, 1000, 2511, 2559}) {
            assertThatThrownBy(() -> read(Arrays.copyOf(whole, length)))
                    .as("%s bytes", length)
                    .isInstanceOf(MalformedArchiveException.class)
                    .hasMessageContaining("ends in the middle");
        }
        assertThat(read(Arrays.copyOf(whole, 2560))).hasSize(1);
    }

    @Test
    void refusesADamagedHeader() throws IOException {
        Files.writeString(directory.resolve("a"), "x");
        RealTool.run(directory, "tar", "-cf", "a.tar", "a");
        byte[] whole = Files.readAllBytes(directory.resolve("a.tar"));
        whole[0] ^= 1;
        assertThatThrownBy(() -> read(whole)).hasMessageContaining("the checksum is wrong");
    }

    @Test
    void readsTimesBefore1970() throws IOException {
        Files.createFile(directory.resolve("a"));
        RealTool.run(directory, "tar", "--format=gnu", "--mtime=@-5", "-cf", "a.tar", "a");
        assertThat(read(directory.resolve("a.tar")).get(0).mtime()).isEqualTo(-5);
    }

    private static List<TarHeader> read(Path archive) throws IOException {
        return read(Files.readAllBytes(archive));
    }

    private static List<TarHeader> read(byte[] archive) throws IOException {
        TarReader reader = new TarReader(new ByteArrayInputStream(archive));
        List<TarHeader> headers = new ArrayList<>();
        for (Optional<TarHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
            headers.add(next.get());
        }
        return headers;
    }
}
