package io.rosbalena.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;

/** Digests a list of named values so that no two different lists give the same bytes: each text has its length first. */
public final class KeyBuilder {
    private final MessageDigest sha = Digest.start();

    /** Adds a named text. */
    public KeyBuilder add(String name, String value) {
        text(name);
        text(value);
        return this;
    }

    /** Adds a named digest. */
    public KeyBuilder add(String name, Digest value) {
        return add(name, value.hex());
    }

    /** Adds a named number. */
    public KeyBuilder add(String name, long value) {
        return add(name, Long.toString(value));
    }

    /** Adds a named list, in its order. */
    public KeyBuilder add(String name, Collection<?> values) {
        text(name);
        sha.update(ByteBuffer.allocate(4).putInt(values.size()).array());
        values.forEach(value -> text(value.toString()));
        return this;
    }

    /** The key of all that was added. */
    public Digest build() {
        return Digest.from(sha);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        sha.update(bytes);
    }
}
