package io.rosbalena.transfer;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a server wants to see before it answers. Its text never shows the secret, so that it cannot slip into a log.
 *
 * @param header value of the {@code Authorization} header
 */
public record Credential(String header) {

    public Credential {
        if (header.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException("a credential holds a control character");
        }
    }

    /** User name and password (RFC 7617). */
    public static Credential basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Credential("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** A token (RFC 6750). */
    public static Credential bearer(String token) {
        return new Credential("Bearer " + token);
    }

    @Override
    public String toString() {
        return "Credential[hidden]";
    }
}
