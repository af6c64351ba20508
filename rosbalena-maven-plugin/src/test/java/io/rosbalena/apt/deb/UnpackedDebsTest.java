package io.rosbalena.apt.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedDebsTest {
    @TempDir
    Path directory;

    @Test
    void unpacksAPackageOnceAndReadsTheSameFromWhatItKept() throws IOException {
        Path deb = SmallDeb.named(directory, "small")
                .file("etc/small.conf", "a=1\n")
                .file("usr/share/small/long", "x".repeat(100_000))
                .symlink("usr/share/small/link", "long")
                .hardlink("usr/share/small/again", "usr/share/small/long")
                .build();
        Digest digest = Digest.of(deb);
        Path scratch = Files.createDirectory(directory.resolve("scratch"));
        try (UnpackedDebs packages = UnpackedDebs.in(scratch)) {
            List<String> first = described(packages, deb, digest);
            Files.writeString(deb, "nothing can be read of it now");
            assertThat(described(packages, deb, digest)).isEqualTo(first).contains("etc/small.conf a=1\n");
        }
        assertThat(files(scratch)).isEmpty();
    }

    @Test
    void keepsNothingOfADamagedPackage() throws IOException {
        Path deb = SmallDeb.named(directory, "small")
                .compression("none")
                .file("usr/share/small", "x".repeat(100_000))
                .build();
        byte[] bytes = Files.readAllBytes(deb);
        Files.write(deb, Arrays.copyOf(bytes, bytes.length - 50_000));
        Path scratch = Files.createDirectory(directory.resolve("scratch"));
        try (UnpackedDebs packages = UnpackedDebs.in(scratch)) {
            for (int again = 0; again < 2; again++) {
                assertThatThrownBy(() -> described(packages, deb, Digest.of("any")))
                        .isInstanceOf(FindingException.class)
                        .hasMessageContaining("RB240");
            }
        }
        assertThat(files(scratch)).isEmpty();
    }

    private static List<String> described(UnpackedDebs packages, Path deb, Digest digest) throws IOException {
        try (DebFile file = packages.open(deb, digest, "small 1.0-1")) {
            Stream.Builder<String> described = Stream.builder();
            described.add(file.control().qualifiedName() + " " + file.control().version());
            for (var entry : file.data().entries()) {
                described.add(entry.path() + " "
                        + new String(entry.content().bytes(), java.nio.charset.StandardCharsets.UTF_8)
                        + entry.target());
            }
            file.data().listing().forEach(described);
            return described.build().toList();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
