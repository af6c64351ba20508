package io.rosbalena.tree;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

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

    /** Bytes that can be known for the same without being read. */
    static Content known(String identity, Content content) {
        return new Content() {
            @Override
            public InputStream open() throws IOException {
                return content.open();
            }

            @Override
            public Optional<String> identity() {
                return Optional.of(identity);
            }
        };
    }

    /** Something that only the same bytes have, here and on every other day; empty where nobody knows it unread. */
    default Optional<String> identity() {
        return Optional.empty();
    }

    default byte[] bytes() throws IOException {
        try (InputStream in = open()) {
            return in.readAllBytes();
        }
    }
}
