package io.rosbalena.apt.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AptSourceReaderTest {
    @TempDir
    private Path root;

    private final Findings findings = new Findings();

    private List<AptSource> read(String text) throws IOException {
        return new AptSourceReader(AptFiles.below(root), AptSource.ThirdParties.USE, findings).read("a.sources", text);
    }

    private void file(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
    }

    @Test
    void readsParagraphs() throws IOException {
        file("usr/share/keyrings/a.gpg", "keys");

        List<AptSource> sources = read("""
                # the robot's archive
                Types: deb deb-src
                URIs: https://one.example/robot https://two.example/robot/
                Suites: humble humble-updates
                Components: main extra
                Architectures: amd64 arm64
                Signed-By: /usr/share/keyrings/a.gpg
                Check-Valid-Until: no
                Valid-Until-Min: 60
                Valid-Until-Max: 604800

                Types: deb-src
                URIs: https://one.example/robot
                Suites: humble
                Components: main

                Enabled: no
                Types: deb
                URIs: https://three.example/
                Suites: humble
                Components: main
                """);

        assertThat(findings.all()).isEmpty();
        assertThat(sources).hasSize(1);
        AptSource source = sources.get(0);
        assertThat(source.line()).isEqualTo(2);
        assertThat(source.uris())
                .containsExactly(URI.create("https://one.example/robot/"), URI.create("https://two.example/robot/"));
        assertThat(source.suites()).containsExactly("humble", "humble-updates");
        assertThat(source.components()).containsExactly("main", "extra");
        assertThat(source.serves("arm64")).isTrue();
        assertThat(source.serves("armhf")).isFalse();
        assertThat(source.validity())
                .isEqualTo(new Validity(
                        false, Optional.of(Duration.ofMinutes(1)), Optional.of(Duration.ofDays(7)), Optional.empty()));
        assertThat(source.trusted()).isFalse();
        assertThat(source.keyring().files())
                .extracting(Keyring.KeyFile::name)
                .containsExactly("/usr/share/keyrings/a.gpg");
    }

    @Test
    void readsLines() throws IOException {
        file("k/a.asc", "keys");

        List<AptSource> sources = read("""
                # deb https://off.example/ x main
                deb [ arch=amd64,arm64 signed-by=/k/a.asc ] https://one.example/robot humble main extra # ours
                deb-src https://one.example/robot humble main
                deb file:/srv/flat ./
                deb [arch-=armhf trusted=yes] http://two.example bookworm main
                """);

        assertThat(findings.all()).isEmpty();
        assertThat(sources).extracting(AptSource::line).containsExactly(2, 4, 5);
        assertThat(sources.get(0).architectures()).containsExactly("amd64", "arm64");
        assertThat(sources.get(0).keyring().files()).hasSize(1);
        assertThat(sources.get(1).suites()).containsExactly("./");
        assertThat(sources.get(1).uris()).containsExactly(URI.create("file:/srv/flat/"));
        assertThat(sources.get(2).serves("armhf")).isFalse();
        assertThat(sources.get(2).serves("arm64")).isTrue();
        assertThat(sources.get(2).trusted()).isTrue();
    }

    @Test
    void withoutSignedByTheKeysOfAptAreTrusted() throws IOException {
        file("etc/apt/trusted.gpg.d/b.asc", "b");
        file("etc/apt/trusted.gpg.d/a.gpg", "a");
        file("etc/apt/trusted.gpg.d/readme.txt", "not a key");
        file("etc/apt/trusted.gpg", "old");

        Keyring keyring = read("deb https://one.example/ x main").get(0).keyring();

        assertThat(keyring.files())
                .extracting(Keyring.KeyFile::name)
                .containsExactly(
                        "/etc/apt/trusted.gpg", "/etc/apt/trusted.gpg.d/a.gpg", "/etc/apt/trusted.gpg.d/b.asc");
        assertThat(keyring.fingerprints()).isEmpty();
    }

    @Test
    void aFingerprintChoosesAmongTheKeysOfApt() throws IOException {
        file("etc/apt/trusted.gpg.d/a.gpg", "a");
        String fingerprint = "0123456789ABCDEF0123456789ABCDEF01234567";

        Keyring keyring = read("deb [signed-by=" + fingerprint + "] https://one.example/ x main")
                .get(0)
                .keyring();

        assertThat(keyring.fingerprints()).containsExactly(fingerprint);
        assertThat(keyring.files()).hasSize(1);
    }

    @Test
    void anInlineKeyIsReadWithDotsAsEmptyLines() throws IOException {
        Keyring keyring = read("""
                Types: deb
                URIs: https://one.example/
                Suites: x
                Components: main
                Signed-By:
                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 abcd
                 -----END PGP PUBLIC KEY BLOCK-----
                """).get(0).keyring();

        assertThat(keyring.files()).hasSize(1);
        assertThat(new String(keyring.files().get(0).content().bytes(), StandardCharsets.US_ASCII))
                .isEqualTo("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabcd\n-----END PGP PUBLIC KEY BLOCK-----\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    deb https://one.example/ x              | names no component
                    deb cdrom:[Debian]/ x main              | neither an http, https nor file URI
                    deb https://one.example/ ../../etc main | leaves the archive
                    deb https://one.example/ ./ main        | flat archive
                    deb https://one.ex^ample/ x main        | is not a URI
                    deb [signed-by=/no] https://a.example/ x main | no keyring /no
                    deb https://one.example/                | cannot read the source line
                    """)
    void tellsWhatIsWrongAndWhere(String line, String words) throws IOException {
        read("\n" + line + "\n");

        assertThat(findings.all()).hasSize(1);
        Finding finding = findings.all().get(0);
        assertThat(finding.message()).contains(words);
        assertThat(finding.file()).contains("a.sources");
        assertThat(finding.line()).isEqualTo(2);
        assertThat(finding.fix()).isPresent();
    }

    @Test
    void tellsTheLineOfABrokenParagraph() throws IOException {
        read("Types: deb\nURIs https://one.example/\n");

        assertThat(findings.all()).extracting(Finding::line).containsExactly(2);
    }

    @Test
    void readsAllFilesOfAMachine() throws IOException {
        file("etc/apt/sources.list", "deb https://one.example/ x main\n");
        file("etc/apt/sources.list.d/b.list", "deb https://two.example/ x main\n");
        file(
                "etc/apt/sources.list.d/a.sources",
                "Types: deb\nURIs: https://three.example/\nSuites: x\nComponents: y\n");
        file("etc/apt/sources.list.d/c.list.disabled", "deb https://four.example/ x main\n");

        List<AptSource> sources = MachineSources.read(root, findings);

        assertThat(sources)
                .extracting(AptSource::file)
                .containsExactly(
                        "/etc/apt/sources.list", "/etc/apt/sources.list.d/a.sources", "/etc/apt/sources.list.d/b.list");
        assertThat(sources).extracting(AptSource::thirdParties).containsOnly(AptSource.ThirdParties.SKIP);
    }
}
