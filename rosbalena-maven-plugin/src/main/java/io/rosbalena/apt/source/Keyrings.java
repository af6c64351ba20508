package io.rosbalena.apt.source;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.tree.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the keys that {@code Signed-By} means, or the keys that apt trusts for sources without it. */
final class Keyrings {
    private static final String ARMOUR = "-----BEGIN PGP PUBLIC KEY BLOCK-----";

    private final AptFiles files;
    private final Findings findings;

    Keyrings(AptFiles files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    /**
     * Reads a {@code Signed-By} value.
     *
     * @param signedBy paths, fingerprints or an armoured key; empty when the source has none
     */
    Keyring read(String signedBy, String file, int line) throws IOException {
        if (signedBy.contains(ARMOUR)) {
            return new Keyring(
                    List.of(new Keyring.KeyFile(file + ":" + line, Content.of(inline(signedBy)))), List.of());
        }
        List<Keyring.KeyFile> keys = new ArrayList<>();
        List<String> fingerprints = new ArrayList<>();
        for (String word : signedBy.strip().split("[\\s,]+", -1)) {
            if (word.matches("[0-9A-Fa-f]{16,64}!?")) {
                fingerprints.add(word.toUpperCase(Locale.ROOT));
            } else if (!word.isEmpty()) {
                Optional<Content> content = files.find(word);
                content.ifPresent(bytes -> keys.add(new Keyring.KeyFile(word, bytes)));
                if (content.isEmpty()) {
                    findings.add(Finding.error("RB201", "there is no keyring " + word + ", which Signed-By names")
                            .at(file, line)
                            .fix("put the archive's public key there, or correct Signed-By"));
                }
            }
        }
        if (keys.isEmpty() && (!fingerprints.isEmpty() || signedBy.isBlank())) {
            keys.addAll(trusted());
        }
        return new Keyring(keys, fingerprints);
    }

    /** The keys of {@code apt-secure(8)} for sources that name none. */
    private List<Keyring.KeyFile> trusted() throws IOException {
        List<String> paths = new ArrayList<>(List.of("/etc/apt/trusted.gpg"));
        files.list("/etc/apt/trusted.gpg.d").stream()
                .filter(path -> path.endsWith(".gpg") || path.endsWith(".asc"))
                .forEach(paths::add);
        List<Keyring.KeyFile> keys = new ArrayList<>();
        for (String path : paths) {
            files.find(path).ifPresent(content -> keys.add(new Keyring.KeyFile(path, content)));
        }
        return keys;
    }

    /** An empty line inside a deb822 value is written as a dot. */
    private static byte[] inline(String signedBy) {
        StringBuilder text = new StringBuilder();
        for (String line : signedBy.split("\n", -1)) {
            String bare = line.strip();
            text.append(bare.equals(".") ? "" : bare).append('\n');
        }
        return text.substring(text.indexOf(ARMOUR)).getBytes(StandardCharsets.US_ASCII);
    }
}
