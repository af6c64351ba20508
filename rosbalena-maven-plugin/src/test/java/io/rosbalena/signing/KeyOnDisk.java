package io.rosbalena.signing;

import io.rosbalena.RealTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A pair of keys made by OpenSSL.
 *
 * @param file of the private key
 * @param pem the public one
 */
public record KeyOnDisk(Path file, String pem) {
    /** Makes an Ed25519 key; skips the calling test where there is no OpenSSL. */
    public static KeyOnDisk make(Path folder, String name) throws IOException {
        return make(folder, name, "ed25519");
    }

    static KeyOnDisk make(Path folder, String name, String algorithm) throws IOException {
        RealTool.require("openssl");
        Path file = folder.resolve(name + ".pem");
        RealTool.run(folder, "openssl", "genpkey", "-algorithm", algorithm, "-out", file.toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new KeyOnDisk(file, RealTool.run(folder, "openssl", "pkey", "-in", file.toString(), "-pubout"));
    }

    /** The text between the lines that begin and end the public key. */
    public String line() {
        return pem.lines().filter(line -> !line.startsWith("-")).findFirst().orElseThrow();
    }

    /** What OpenSSL signs these bytes with. */
    byte[] sign(byte[] bytes) throws IOException {
        Path input = Files.write(file.resolveSibling("message"), bytes);
        Path output = file.resolveSibling("signature");
        RealTool.run(
                input.getParent(),
                "openssl",
                "pkeyutl",
                "-sign",
                "-rawin",
                "-inkey",
                file.toString(),
                "-in",
                input.toString(),
                "-out",
                output.toString());
        return Files.readAllBytes(output);
    }

    /** Fails unless OpenSSL finds that this key has signed these bytes. */
    public void verify(byte[] bytes, byte[] signature) throws IOException {
        Path input = Files.write(file.resolveSibling("message"), bytes);
        Path signed = Files.write(file.resolveSibling("signature"), signature);
        Path key = Files.writeString(file.resolveSibling("public.pem"), pem);
        RealTool.run(
                input.getParent(),
                "openssl",
                "pkeyutl",
                "-verify",
                "-rawin",
                "-pubin",
                "-inkey",
                key.toString(),
                "-in",
                input.toString(),
                "-sigfile",
                signed.toString());
    }

    /** Keys as they stand in {@code <cacheKeys>}. */
    static TrustedKeys trusted(KeyOnDisk... keys) {
        return TrustedKeys.parse(List.of(keys).stream().map(KeyOnDisk::pem).toList());
    }
}
