package io.rosbalena.lint.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.tree.MemoryTree;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScanTest {
    @TempDir
    private Path folder;

    private static List<SecretHit> scan(String path, byte[] content) throws Exception {
        return SecretScan.of(new MemoryTree().file(path, 0644, content));
    }

    private static List<SecretHit> scan(String path, String content) throws Exception {
        return scan(path, content.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "genrsa -traditional -out key 2048",
                "genpkey -algorithm RSA -out key",
                "genpkey -algorithm ED25519 -out key",
                "genpkey -algorithm ED25519 -aes256 -pass pass:moon -out key",
                "ecparam -name prime256v1 -genkey -out key",
                "genrsa -traditional -aes128 -passout pass:moon -out key 2048"
            })
    void keysOfOpensslAreFound(String command) throws Exception {
        RealTool.require("openssl");
        RealTool.run(folder, ("openssl " + command).split(" ", -1));
        String key = Files.readString(folder.resolve("key"));

        assertThat(scan("etc/key.bin", "# ours\n" + key))
                .singleElement()
                .satisfies(hit -> assertThat(hit.what()).isEqualTo("a private key"))
                .satisfies(hit -> assertThat(hit.path()).isEqualTo("/etc/key.bin"));
        // As clouds hand it out, and as people write it into programs.
        assertThat(scan("account.json", "{\"private_key\": \"" + key.replace("\n", "\\n") + "\"}"))
                .hasSize(1);
        assertThat(scan("key.h", "\"" + key.strip().replace("\n", "\\n\"\n\"") + "\";"))
                .hasSize(1);
    }

    @Test
    void keysOfOpensshAreFoundAndTheirPublicHalvesNot() throws Exception {
        RealTool.require("ssh-keygen");
        RealTool.run(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "robot", "-f", "id");

        assertThat(scan("root/.ssh/id", Files.readAllBytes(folder.resolve("id"))))
                .containsExactly(new SecretHit("/root/.ssh/id", 1, "a private key"));
        assertThat(scan("root/.ssh/id.pub", Files.readAllBytes(folder.resolve("id.pub"))))
                .isEmpty();
    }

    @Test
    void keysOfOpenpgpAreFoundAndTheirPublicHalvesNot() throws Exception {
        RealTool.require("gpg");
        Path home = Files.createDirectory(folder.resolve("gpg"));
        home.toFile().setReadable(false, false);
        home.toFile().setReadable(true, true);
        String[] gpg = {"gpg", "--homedir", home.toString(), "--batch", "--pinentry-mode", "loopback"};
        RealTool.run(folder, with(gpg, "--passphrase", "", "--quick-generate-key", "robot", "ed25519"));

        String secret = RealTool.run(folder, with(gpg, "--passphrase", "", "--armor", "--export-secret-keys"));
        assertThat(scan("key.asc", secret)).containsExactly(new SecretHit("/key.asc", 1, "a private key"));
        assertThat(scan("key.asc", RealTool.run(folder, with(gpg, "--armor", "--export"))))
                .isEmpty();
        RealTool.run(folder, "gpgconf", "--homedir", home.toString(), "--kill", "all");
    }

    private static String[] with(String[] command, String... more) {
        List<String> all = new java.util.ArrayList<>(List.of(command));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Every library that reads keys has the words. */
    @Test
    void programsThatReadKeysAreNoKeys() throws Exception {
        assertThat(scan("libssh.so", "\0-----BEGIN OPENSSH PRIVATE KEY-----\n\0-----END OPENSSH PRIVATE KEY-----\0"))
                .isEmpty();
        assertThat(scan("mbedtls.a", "-----BEGIN RSA PRIVATE KEY-----\0-----END RSA PRIVATE KEY-----\0Proc-Type:\0"))
                .isEmpty();
        assertThat(scan("README.md", "-----BEGIN PRIVATE KEY-----\n(your key)\n-----END PRIVATE KEY-----\n"))
                .isEmpty();
        assertThat(scan("ca.pem", "-----BEGIN CERTIFICATE-----\n" + "QUJD".repeat(16) + "\n"))
                .isEmpty();
        RealTool.require("openssl", "ssh-keygen");
        for (String program : List.of("openssl", "ssh-keygen")) {
            assertThat(scan(program, Files.readAllBytes(Path.of("/usr/bin", program))))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key = AKIAABCDEFGHIJKLMNOP | an access key of AWS",
                "x=ghp_abcdefghijklmnopqrstuvwxyz0123456789 | a token of GitHub",
                "glpat-abcdefghij0123456789 | a token of GitLab",
                "\"xoxb-123456789012-abcdefghijkl\" | a token of Slack",
                "AIzaSyA1234567890abcdefghijklmnopqrstuv | an API key of Google",
                "npm_abcdefghijklmnopqrstuvwxyz0123456789 | a token of npm",
                "BALENA_API_KEY=0123456789abcdef0123456789abcdef | a key of balena's API",
                "{\"deviceApiKey\": \"0123456789abcdef0123456789abcdef\"} | a key of balena's API",
                "token: eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJyb2JvdCJ9.c2lnbmF0dXJl | a web token (JWT)"
            })
    void tokensAreFoundWithTheirLine(String text, String what) throws Exception {
        assertThat(scan("share/a.yaml", "first\nsecond " + text + "\n"))
                .containsExactly(new SecretHit("/share/a.yaml", 2, what));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AKIAIOSFODNN7EXAMPLE",
                "MYAKIAABCDEFGHIJKLMNOP",
                "AKIAABCDEFGHIJKLMNOPQ",
                "BALENA_API_KEY=$KEY",
                "os.environ['BALENA_API_KEY']",
                "eyJhbGciOiJFUzI1NiJ9",
                "npm_config_registry",
                "xoxo"
            })
    void whatOnlyLooksSimilarIsNot(String text) throws Exception {
        assertThat(scan("share/a.yaml", text + "\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "root/.netrc | machine a login b password c | machine a login b",
                "root/.docker/config.json | {\"auths\": {\"r\": {\"auth\": \"YTpi\"}}} | {\"credsStore\": \"pass\"}",
                "root/.config/containers/auth.json | {\"auths\": {\"r\": {\"auth\": \"YTpi\"}}} | {\"auths\": {}}",
                "root/.pypirc | password: a | username: a",
                "root/.git-credentials | https://a:b@example.com | https://example.com",
                "root/.npmrc | //r/:_authToken=abc | //r/:_authToken=${NPM_TOKEN}",
                "root/.aws/credentials | aws_secret_access_key = a | region = b",
                "root/.balena/token | 0123456789abcdef | none"
            })
    void loginsOfToolsAreFoundByTheirFiles(String path, String with, String without) throws Exception {
        assertThat(scan(path, with))
                .singleElement()
                .satisfies(hit -> assertThat(hit.what()).startsWith("a login, as "));
        assertThat(scan(path, without)).isEmpty();
        assertThat(scan("notes.txt", with)).isEmpty();
    }

    /** Nothing is lost where two windows meet, and lines are counted through all of them. */
    @Test
    void largeFilesAreReadInPieces() throws Exception {
        byte[] token = "ghp_abcdefghijklmnopqrstuvwxyz0123456789".getBytes(StandardCharsets.UTF_8);
        Random random = new Random(1);
        for (int at : List.of((1 << 20) - 20, (1 << 20) - 1, 1 << 20, (1 << 20) + (1 << 15) - 20, 3 << 20)) {
            byte[] content = new byte[at];
            random.nextBytes(content);
            int lines = 1;
            for (int i = 0; i < content.length; i++) {
                content[i] |= (byte) 0x80;
                if (i % 4096 == 0) {
                    content[i] = '\n';
                    lines++;
                }
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(content);
            all.write(token);
            all.write(new byte[100]);

            assertThat(scan("model.bin", all.toByteArray()))
                    .containsExactly(new SecretHit("/model.bin", lines, "a token of GitHub"));
        }
    }

    /** Text made to keep a search busy is done with at once, as the test's end shows. */
    @Test
    void hostileTextIsReadInOneGo() throws Exception {
        assertThat(scan("a", "eyJ".repeat(1 << 20))).isEmpty();
        assertThat(scan("b", "-----BEGIN ".repeat(1 << 18))).isEmpty();
        assertThat(scan("c", "-----BEGIN PRIVATE KEY-----" + "\n".repeat(1 << 20)))
                .isEmpty();
        assertThat(scan("d", "-----BEGIN PRIVATE KEY-----\n" + "Aa: b\n".repeat(1 << 18)))
                .isEmpty();
        assertThat(scan("e", "PuTTY-User-Key-File-2: ".repeat(1 << 12))).isEmpty();
    }
}
