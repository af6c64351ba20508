package io.rosbalena.workspace.source;

import io.rosbalena.store.Digest;
import io.rosbalena.tree.BlockStream;
import io.rosbalena.tree.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * The bytes of a source file as they were when its digest was taken. A file that is edited during a build must not be
 * compiled under the digest of its former content, so reading it to the end fails.
 */
record UnchangedContent(Path file, Digest expected) implements Content {
    @Override
    public InputStream open() throws IOException {
        InputStream in = Files.newInputStream(file);
        MessageDigest sha = Digest.start();
        return new BlockStream() {
            private boolean ended;

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = in.read(buffer, offset, length);
                if (count > 0) {
                    sha.update(buffer, offset, count);
                } else if (count < 0 && !ended) {
                    ended = true;
                    check(Digest.from(sha));
                }
                return count;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    private void check(Digest found) throws IOException {
        if (!found.equals(expected)) {
            throw new IOException(file + " was changed during the build; build again");
        }
    }
}
