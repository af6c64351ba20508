package io.rosbalena.sandbox;

import java.io.IOException;
import java.io.OutputStream;

/** Writes one tar archive, uncompressed, to a stream that it does not close. */
@FunctionalInterface
public interface TarSource {
    void writeTo(OutputStream out) throws IOException;
}
