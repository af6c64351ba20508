package io.rosbalena.apt.source;

import io.rosbalena.tree.Content;
import java.util.List;

/**
 * The keys that may sign an archive.
 *
 * @param files OpenPGP public keys, binary or armoured
 * @param fingerprints if there are any, only keys of these fingerprints (upper-case hex) count
 */
public record Keyring(List<KeyFile> files, List<String> fingerprints) {
    /** Trusts no key. */
    public static final Keyring EMPTY = new Keyring(List.of(), List.of());

    /**
     * One file of keys.
     *
     * @param name for messages: a path, or where an inline key stands
     * @param content the file's bytes
     */
    public record KeyFile(String name, Content content) {}

    public Keyring {
        files = List.copyOf(files);
        fingerprints = List.copyOf(fingerprints);
    }
}
