package io.rosbalena.signing;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text round a key, see RFC 7468. A POM folds lines and indents them, so that blanks do not count, and the lines round the
 * key may be missing.
 */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("\\s*(?:-----BEGIN ([A-Z0-9 ]+)-----)?([A-Za-z0-9+/=\\s]+)(?:-----END \\1-----)?\\s*");

    private final String label;
    private final byte[] bytes;

    private Pem(String label, byte[] bytes) {
        this.label = label;
        this.bytes = bytes;
    }

    /** Empty if the text is nothing of that kind. */
    static Optional<Pem> parse(String text) {
        Matcher block = BLOCK.matcher(text);
        if (!block.matches()) {
            return Optional.empty();
        }
        String label = block.group(1) == null ? "" : block.group(1);
        try {
            return Optional.of(
                    new Pem(label, Base64.getDecoder().decode(block.group(2).replaceAll("\\s", ""))));
        } catch (IllegalArgumentException e) {
            // Letters of base64, but not so many that they are bytes.
            return Optional.empty();
        }
    }

    /** For example {@code PUBLIC KEY}; empty without such lines. */
    String label() {
        return label;
    }

    /** DER. */
    byte[] bytes() {
        return bytes.clone();
    }
}
