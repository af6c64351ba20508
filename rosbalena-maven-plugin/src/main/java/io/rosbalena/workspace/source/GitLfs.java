package io.rosbalena.workspace.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Files that git-lfs has not fetched: a text of three lines stands in their place (git-lfs {@code spec.md}). */
final class GitLfs {
    private static final byte[] START = "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);
    private static final long LARGEST = 1024;

    private GitLfs() {}

    static boolean isPointer(Path file, long size) throws IOException {
        if (size < START.length || size >= LARGEST) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(START.length), START);
        }
    }
}
