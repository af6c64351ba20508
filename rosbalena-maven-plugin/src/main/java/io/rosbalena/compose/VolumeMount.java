package io.rosbalena.compose;

import java.util.Optional;

/**
 * A named volume that a container sees.
 *
 * @param volume name at the top level of the file
 * @param target absolute path in the container
 */
public record VolumeMount(String volume, String target, boolean readOnly) {
    /** Reads the short form {@code volume:/path[:ro]}; empty if it is none. */
    public static Optional<VolumeMount> parse(String text) {
        String[] parts = text.split(":", -1);
        boolean readOnly = parts.length == 3 && parts[2].equals("ro");
        if (parts.length < 2 || parts.length > 3 || (parts.length == 3 && !readOnly) || !parts[1].startsWith("/")) {
            return Optional.empty();
        }
        return Optional.of(new VolumeMount(parts[0], parts[1], readOnly));
    }

    /** {@code volume:/path}, with {@code :ro} where it is read-only. */
    public String print() {
        return volume + ":" + target + (readOnly ? ":ro" : "");
    }
}
