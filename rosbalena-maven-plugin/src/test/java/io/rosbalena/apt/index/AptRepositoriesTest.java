package io.rosbalena.apt.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.apt.Archive;
import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.ArchiveOnDisk;
import io.rosbalena.apt.source.AptFiles;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.source.AptSourceReader;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptRepositoriesTest {
    @TempDir
    private Path folder;

    private ArchiveOnDisk archive;
    private Clock clock = Clock.systemUTC();

    @BeforeEach
    void makeAnArchiveWithTwoPackages() throws IOException {
        archive = ArchiveOnDisk.in(folder)
                .deb("hello", "1.0-1", "amd64", "Depends: libhello1 (>= 1)", "Section: misc", "Priority: optional")
                .deb("libhello1", "1.0-1", "amd64", "Multi-Arch: same", "Source: hello")
                .deb("libhello1", "1.0-1", "arm64", "Multi-Arch: same", "Source: hello")
                .key("good", "1y")
                .index()
                .release(Map.of())
                .sign("good");
    }

    private CandidateTable open(String source) throws IOException {
        return open(source, "amd64");
    }

    private CandidateTable open(String source, String architecture) throws IOException {
        Findings findings = new Findings();
        List<AptSource> sources = new AptSourceReader(AptFiles.ofProject(folder), AptSource.ThirdParties.USE, findings)
                .read("robot.sources", source);
        findings.throwIfErrors();
        return AptRepositories.open(
                sources,
                architecture,
                new HttpTransfer(TransferSettings.standard().withOffline(true)),
                BlobStore.open(folder.resolve("store")),
                clock,
                Progress.SILENT);
    }

    private String source() throws IOException {
        Path keyring = folder.resolve("good.gpg");
        if (!Files.exists(keyring)) {
            archive.export(keyring, "good");
        }
        return "Types: deb\nURIs: " + archive.uri() + "\nSuites: test\nComponents: main\nSigned-By: good.gpg\n";
    }

    private void refuses(String id, String words) {
        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(() -> open(source()))
                .satisfies(e -> {
                    assertThat(e.findings()).extracting(Finding::id).containsExactly(id);
                    Finding finding = e.findings().get(0);
                    assertThat(finding.message()).contains(words);
                    assertThat(finding.fix()).isPresent();
                    assertThat(finding.file()).contains("robot.sources");
                    assertThat(finding.line()).isEqualTo(1);
                });
    }

    @Test
    void readsCandidatesOfASignedArchive() throws IOException {
        CandidateTable table = open(source());

        assertThat(table.names()).containsExactly("hello", "libhello1");
        var hello = table.candidate("hello").orElseThrow();
        assertThat(hello.version()).hasToString("1.0-1");
        assertThat(hello.section()).isEqualTo("misc");
        assertThat(hello.relations().depends()).hasToString("[libhello1 (>= 1)]");
        var deb = hello.deb().orElseThrow();
        Path file = archive.root().resolve(deb.filename());
        assertThat(deb.sha256()).isEqualTo(Digest.of(file));
        assertThat(deb.size()).isEqualTo(Files.size(file));
        assertThat(table.candidate("libhello1").orElseThrow().source()).isEqualTo("hello");
    }

    @Test
    void namesTheArchiveByWhatItsSignedFileSays() throws IOException {
        CandidateTable table = open(source());

        ArchiveId id = new ArchiveId("Test", "Test-Label", "test", "main");
        assertThat(table.archives()).containsOnlyKeys(id);
        Archive known = table.archives().get(id);
        assertThat(known.inRelease()).isEqualTo(Digest.of(archive.dists().resolve("InRelease")));
        assertThat(archive.gpgRun("--list-keys", "--with-colons")).contains("fpr:::::::::" + known.key());
        assertThat(known.keyExpires().orElseThrow())
                .isBetween(
                        clock.instant().plus(Duration.ofDays(364)),
                        clock.instant().plus(Duration.ofDays(367)));
        assertThat(table.locations().get(id)).containsExactly(archive.uri());
    }

    @Test
    void readsAnotherArchitecture() throws IOException {
        assertThat(open(source(), "arm64").names()).containsExactly("libhello1");
    }

    @Test
    void keepsTheExtractSoThatAnUnchangedIndexIsNotFetchedAgain() throws IOException {
        open(source());
        for (String file : List.of("Packages", "Packages.gz", "Packages.xz")) {
            Files.delete(archive.dists().resolve("main/binary-amd64").resolve(file));
        }
        try (Stream<Path> blobs = Files.list(folder.resolve("store/blobs/sha256"))) {
            for (Path blob : blobs.toList()) {
                if (Files.readString(blob, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .startsWith("\u00fd7zXZ")) {
                    Files.delete(blob);
                }
            }
        }

        assertThat(open(source()).names()).containsExactly("hello", "libhello1");
    }

    @Test
    void believesOneGoodSignatureBesideOneOfAnUnknownKey() throws IOException {
        archive.key("other", "1y").sign("other", "good");

        assertThat(open(source()).size()).isEqualTo(2);
    }

    @Test
    void acceptsAnArmouredKeyringAndAnInlineKey() throws IOException {
        Path armoured = archive.export(folder.resolve("good.asc"), "good");
        assertThat(open(source().replace("good.gpg", "good.asc")).size()).isEqualTo(2);

        String inline = Files.readString(armoured)
                .lines()
                .map(line -> line.isEmpty() ? " ." : " " + line)
                .reduce("", (text, line) -> text + "\n" + line);
        assertThat(open(source().replace(" good.gpg", inline)).size()).isEqualTo(2);
    }

    @Test
    void readsReleaseAndItsSeparateSignature() throws IOException {
        archive.gpgRun(
                "--detach-sign",
                "--armor",
                "--output",
                archive.dists().resolve("Release.gpg").toString(),
                archive.dists().resolve("Release").toString());
        Files.delete(archive.dists().resolve("InRelease"));

        assertThat(open(source()).size()).isEqualTo(2);

        archive.append("Release", "Description: changed\n");
        refuses("RB206", "does not match");
    }

    @Test
    void refusesTextThatWasChangedAfterSigning() throws IOException {
        Path file = archive.dists().resolve("InRelease");
        Files.writeString(file, Files.readString(file).replace("Origin: Test", "Origin: Pest"));

        refuses("RB206", "does not match its signature");
    }

    @Test
    void refusesTextOutsideTheSignedPart() throws IOException {
        String signed = Files.readString(archive.dists().resolve("InRelease"));
        for (String forged : List.of(
                signed + "Origin: Evil\n",
                "Origin: Evil\n" + signed,
                signed.replaceFirst("Hash: ", "Origin: Evil\nHash: "),
                signed.replaceFirst("-----BEGIN PGP SIGNATURE", "-Origin: Evil\n-----BEGIN PGP SIGNATURE"))) {
            Files.writeString(archive.dists().resolve("InRelease"), forged);
            refuses("RB205", "cannot read");
        }
    }

    @Test
    void refusesAnotherKeyThanTheOneNamed() throws IOException {
        archive.key("other", "1y").sign("other");

        refuses("RB210", "which this source does not trust");
    }

    @Test
    void refusesAKeyOfTheKeyringThatSignedByDoesNotName() throws IOException {
        archive.key("other", "1y").sign("other");
        archive.export(folder.resolve("good.gpg"), "good", "other");
        assertThat(open(source()).size()).isEqualTo(2);

        String good = archive.gpgRun("--list-keys", "--with-colons", "good")
                .lines()
                .filter(line -> line.startsWith("fpr"))
                .findFirst()
                .orElseThrow()
                .split(":", -1)[9];
        String named = source().replace("Signed-By: good.gpg", "Signed-By: good.gpg " + good);
        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(() -> open(named))
                .withMessageContaining("RB210");
    }

    @Test
    void refusesAnExpiredKeyAndWarnsBefore() throws IOException {
        clock = Clock.fixed(Instant.now().plus(Duration.ofDays(340)), ZoneOffset.UTC);
        assertThat(open(source()).notes()).extracting(Finding::id).containsExactly("RB221");

        clock = Clock.fixed(Instant.now().plus(Duration.ofDays(370)), ZoneOffset.UTC);
        refuses("RB208", "expired on");
    }

    @Test
    void refusesARevokedKey() throws IOException {
        source();
        String fingerprint =
                open(source()).archives().values().iterator().next().key();
        Path certificate = folder.resolve("gnupg/openpgp-revocs.d").resolve(fingerprint + ".rev");
        Path ready = folder.resolve("revocation");
        Files.writeString(ready, Files.readString(certificate).replace(":-----BEGIN", "-----BEGIN"));
        archive.gpgRun("--import", ready.toString());
        archive.export(folder.resolve("good.gpg"), "good");

        refuses("RB207", "revoked");
    }

    @Test
    void refusesAWeakDigest() throws IOException {
        archive.signWith(List.of("--digest-algo", "SHA1", "--weak-digest", "MD5"), "good");

        refuses("RB209", "too weak");
    }

    @Test
    void refusesAFileThatIsNoLongerValidUnlessTheSourceSaysSo() throws IOException {
        archive.release(Map.of("ValidTime", "86400")).sign("good");
        assertThat(open(source()).size()).isEqualTo(2);

        clock = Clock.fixed(Instant.now().plus(Duration.ofDays(2)), ZoneOffset.UTC);
        refuses("RB223", "valid only until");
        assertThat(open(source() + "Check-Valid-Until: no\n").size()).isEqualTo(2);
    }

    /** Debian's own suites name no end; the user does. */
    @Test
    void refusesAFileThatIsOlderThanTheUserAllows() throws IOException {
        clock = Clock.fixed(Instant.now().plus(Duration.ofDays(2)), ZoneOffset.UTC);
        assertThat(open(source()).size()).isEqualTo(2);
        assertThat(open(source() + "Valid-Until-Max: 259200\n").size()).isEqualTo(2);

        FindingException e =
                catchThrowableOfType(FindingException.class, () -> open(source() + "Valid-Until-Max: 86400\n"));
        assertThat(e.findings()).extracting(Finding::id).containsExactly("RB223");
    }

    @Test
    void refusesAFileFromTheFuture() throws IOException {
        clock = Clock.fixed(Instant.now().minus(Duration.ofHours(3)), ZoneOffset.UTC);

        refuses("RB212", "future");
    }

    @Test
    void refusesAnotherSuiteThanTheOneNamed() throws IOException {
        archive.release(Map.of("Suite", "old", "Codename", "old")).sign("good");

        refuses("RB213", "old");
    }

    @Test
    void refusesAnIndexThatDoesNotFit() throws IOException {
        Files.writeString(archive.dists().resolve("main/binary-amd64/Packages.xz"), "something else");

        refuses("RB215", "does not fit");
    }

    @Test
    void tellsThatAnIndexIsMissing() throws IOException {
        archive.release(Map.of("Architectures", "amd64")).sign("good");
        String other = source().replace("Components: main", "Components: contrib");

        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(() -> open(other))
                .withMessageContaining("RB219")
                .withMessageContaining("contrib/binary-amd64/Packages");
    }

    @Test
    void takesTheIndexByItsHashWhereTheArchiveOffersThat() throws IOException {
        Path folder = archive.dists().resolve("main/binary-amd64");
        archive.release(Map.of("Acquire-By-Hash", "yes")).sign("good");
        assertThat(open(source()).size()).isEqualTo(2);

        archive.deb("new", "1", "all").index();
        Path byHash = Files.createDirectories(folder.resolve("by-hash/SHA256"));
        Path packed = folder.resolve("Packages.xz");
        Files.copy(packed, byHash.resolve(Digest.of(packed).hex()), StandardCopyOption.REPLACE_EXISTING);
        archive.release(Map.of("Acquire-By-Hash", "yes")).sign("good");
        Files.writeString(packed, "already the next state");

        assertThat(open(source()).names()).contains("new");
    }

    @Test
    void tellsAllSourcesThatFailAtOnce() throws IOException {
        String first = source().replace("Suites: test", "Suites: missing");
        String second = source().replace(
                        archive.uri().toString(),
                        folder.resolve("nowhere").toUri().toString());

        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(() -> open(first + "\n" + second))
                .satisfies(e -> assertThat(e.findings())
                        .extracting(Finding::id, Finding::line)
                        .containsExactly(
                                org.assertj.core.groups.Tuple.tuple("RB204", 1),
                                org.assertj.core.groups.Tuple.tuple("RB204", 7)));
    }

    @Test
    void refusesToTrustWithoutASignature() throws IOException {
        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(() -> open("deb [trusted=yes] " + archive.uri() + " test main\n"))
                .withMessageContaining("RB217");
    }
}
