package io.rosbalena.tree;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a regular file, readable any number of times while their tree is open. */
@FunctionalInterface
public interface Content {
    /** No bytes. */
    Content EMPTY = of(new byte[0]);

    InputStream open() throws IOException;

    /** These bytes, which must not be changed afterwards. */
    static Content of(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    default byte[] bytes() throws IOException {
        try (InputStream in = open()) {
            return in.readAllBytes();
        }
    }
}
