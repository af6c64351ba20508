package io.rosbalena.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.RealTool;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and signatures beside those of OpenSSL. */
class SigningKeyTest {
    private static final byte[] BYTES = "rosbalena\nwhatever\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private KeyOnDisk mine;
    private KeyOnDisk other;
    private final List<Finding> warned = new ArrayList<>();

    @BeforeEach
    void makeKeys() throws IOException {
        mine = KeyOnDisk.make(folder, "mine");
        other = KeyOnDisk.make(folder, "other");
    }

    private FindingException refused(Path file) {
        return catchThrowableOfType(
                FindingException.class, () -> SigningKey.read(file, KeyOnDisk.trusted(mine), warned::add));
    }

    private static FindingException refused(String... keys) {
        return catchThrowableOfType(FindingException.class, () -> TrustedKeys.parse(List.of(keys)));
    }

    /** The secret half of a key file. */
    private static String secret(Path file) throws IOException {
        return Files.readAllLines(file).get(1);
    }

    @Test
    void signaturesAreThoseOfOpenssl() throws IOException {
        SigningKey key = SigningKey.read(mine.file(), KeyOnDisk.trusted(other, mine), warned::add);
        byte[] signature = key.sign(BYTES);

        mine.verify(BYTES, signature);
        assertThat(signature).isEqualTo(mine.sign(BYTES));
        assertThat(warned).isEmpty();
        assertThat(key.name()).isEqualTo(Digest.of(Base64.getDecoder().decode(mine.line())));
    }

    @Test
    void whoHasSignedIsFoundAmongTheTrusted() throws IOException {
        Digest name = Digest.of(Base64.getDecoder().decode(mine.line()));
        byte[] signature = mine.sign(BYTES);

        assertThat(KeyOnDisk.trusted(mine, other).signer(BYTES, signature)).contains(name);
        assertThat(KeyOnDisk.trusted(other).signer(BYTES, signature)).isEmpty();
        assertThat(KeyOnDisk.trusted(mine).signer(new byte[] {1}, signature)).isEmpty();
        assertThat(KeyOnDisk.trusted(mine).signer(BYTES, new byte[3])).isEmpty();
        assertThat(TrustedKeys.parse(List.of()).signer(BYTES, signature)).isEmpty();
    }

    @Test
    void aKeyMayBeFoldedIndentedOrALineAlone() {
        Digest name = Digest.of(Base64.getDecoder().decode(mine.line()));
        for (String text : List.of(
                mine.line(),
                "\n      " + mine.pem().replace("\n", "\r\n      "),
                mine.pem().replace("\n", " "),
                mine.line().substring(0, 20) + "\n  " + mine.line().substring(20))) {
            assertThat(TrustedKeys.parse(List.of(text)).names()).as(text).containsExactly(name);
        }
    }

    @Test
    void everyTextThatIsNoPublicKeyIsToldAndNotShown() throws IOException {
        String rsa = KeyOnDisk.make(folder, "rsa", "RSA").pem();
        String privateKey = Files.readString(mine.file());
        FindingException e = refused(mine.line(), "nonsense!", rsa, privateKey, secret(mine.file()), "AAAA");

        assertThat(e.findings()).extracting(Finding::id).containsOnly("RB344").hasSize(5);
        assertThat(e.getMessage())
                .contains("number 2 of <cacheKeys> is no Ed25519 public key\n", "number 3", "number 5", "number 6")
                .contains("number 4 of <cacheKeys> is no Ed25519 public key, but a private key")
                .contains("openssl genpkey -algorithm ed25519")
                .doesNotContain(secret(mine.file()), "nonsense");
    }

    @Test
    void aFileThatHoldsNoSuchKeyIsRefused() throws IOException {
        Path encrypted = folder.resolve("encrypted.pem");
        RealTool.run(
                folder,
                "openssl",
                "pkcs8",
                "-topk8",
                "-in",
                mine.file().toString(),
                "-passout",
                "pass:x",
                "-out",
                encrypted.toString());
        KeyOnDisk rsa = KeyOnDisk.make(folder, "rsa", "RSA");
        Path text = Files.writeString(folder.resolve("text"), "hello\n");
        Path publicKey = Files.writeString(folder.resolve("mine.pub"), mine.pem());
        Path large = Files.write(folder.resolve("large"), new byte[20_000]);

        for (Path file : List.of(rsa.file(), text, publicKey, large)) {
            assertThat(refused(file)).hasMessageContaining("RB345 " + file + " holds no Ed25519 private key");
        }
        assertThat(refused(encrypted)).hasMessageContaining("RB345", "is encrypted");
        assertThat(refused(folder.resolve("nowhere"))).hasMessageContaining("RB345", "cannot be read");
        assertThat(refused(folder)).hasMessageContaining("RB345", "cannot be read");
    }

    @Test
    void aKeyWhosePublicHalfNobodyTrustsIsRefused() {
        assertThat(refused(other.file())).hasMessageContaining("RB347").hasMessageContaining("is not in <cacheKeys>");
    }

    @Test
    void aKeyThatOthersMayReadIsToldAndUsed() throws IOException {
        Files.setPosixFilePermissions(mine.file(), PosixFilePermissions.fromString("rw-r-----"));

        assertThat(SigningKey.read(mine.file(), KeyOnDisk.trusted(mine), warned::add)
                        .sign(BYTES))
                .hasSize(64);
        assertThat(warned).extracting(Finding::id).containsExactly("RB346");
    }

    @Test
    void nothingOfAKeyIsShownWhereverItStands() throws IOException {
        String secret = secret(mine.file());
        Path broken = Files.writeString(
                folder.resolve("broken.pem"), Files.readString(mine.file()).replace("MC4C", "MC4D"));

        assertThat(refused(broken)).hasMessageNotContaining(secret.substring(24));
        assertThat(refused(folder.resolve(secret)))
                .hasMessageContaining("RB345")
                .hasMessageNotContaining(secret);
        assertThat(refused(folder.resolve("-----BEGIN PRIVATE KEY-----" + secret)))
                .hasMessageNotContaining(secret);
        assertThat(SigningKey.read(mine.file(), KeyOnDisk.trusted(mine), warned::add)
                        .toString())
                .doesNotContain(secret.substring(24));
    }
}
