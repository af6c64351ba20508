package io.rosbalena.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.RealTool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArReaderTest {
    @TempDir
    Path directory;

    @Test
    void readsTheMembersThatArWrites() throws IOException {
        byte[] archive = archive();
        ArReader reader = new ArReader(new ByteArrayInputStream(archive));
        ArReader.Member first = reader.next().orElseThrow();
        assertThat(first).isEqualTo(new ArReader.Member("debian-binary", 68, 3));
        assertThat(reader.content().readAllBytes()).isEqualTo(bytes("odd"));
        assertThat(reader.next()).map(ArReader.Member::name).hasValue("control.tar");
        assertThat(reader.next())
                .map(ArReader.Member::name)
                .as("unread content is passed over")
                .hasValue("data.tar");
        assertThat(reader.content().readAllBytes()).isEqualTo(bytes("last"));
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void saysWhatIsMissingFromATruncatedArchive() throws IOException {
        byte[] archive = archive();
        assertThatThrownBy(() -> drain(Arrays.copyOf(archive, archive.length - 2)))
                .isInstanceOf(MalformedArchiveException.class)
                .hasMessage("the archive ends in the middle of \"data.tar\", 2 bytes are missing");
        assertThatThrownBy(() -> drain(Arrays.copyOf(archive, 100)))
                .isInstanceOf(MalformedArchiveException.class)
                .hasMessageContaining("no ar member header at byte 72");
    }

    @Test
    void refusesWhatIsNoArchive() {
        assertThatThrownBy(() -> drain(bytes("<html>not found</html>")))
                .isInstanceOf(MalformedArchiveException.class)
                .hasMessageContaining("not an ar archive");
    }

    @Test
    void refusesASizeThatIsNoNumber() throws IOException {
        byte[] archive = archive();
        archive[8 + 48] = '-';
        assertThatThrownBy(() -> drain(archive))
                .isInstanceOf(MalformedArchiveException.class)
                .hasMessageContaining("debian-binary");
    }

    private byte[] archive() throws IOException {
        RealTool.require("ar");
        Files.writeString(directory.resolve("debian-binary"), "odd");
        Files.writeString(directory.resolve("control.tar"), "even");
        Files.writeString(directory.resolve("data.tar"), "last");
        RealTool.run(directory, "ar", "rcD", "a.deb", "debian-binary", "control.tar", "data.tar");
        return Files.readAllBytes(directory.resolve("a.deb"));
    }

    private static void drain(byte[] archive) throws IOException {
        try (InputStream in = new ByteArrayInputStream(archive)) {
            ArReader reader = new ArReader(in);
            while (reader.next().isPresent()) {
                reader.content().readAllBytes();
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
