package io.rosbalena.workspace.source;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.BlockStream;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * The bytes of a source file as they were when its digest was taken. A file that is edited during a build must not be
 * compiled under the digest of its former content, so reading it to the end fails: RB402.
 */
record UnchangedContent(Path file, Digest expected) implements Content {
    @Override
    public InputStream open() throws IOException {
        InputStream in;
        try {
            in = Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            throw changed("removed");
        }
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

    private void check(Digest found) {
        if (!found.equals(expected)) {
            throw changed("changed");
        }
    }

    private FindingException changed(String how) {
        return FindingException.input(Finding.error(
                        "RB402",
                        "this source file was " + how + " after the build had read it, so nothing was made of it")
                .fix("build again; what was compiled before is kept and right")
                .at(FileNames.text(file)));
    }
}
