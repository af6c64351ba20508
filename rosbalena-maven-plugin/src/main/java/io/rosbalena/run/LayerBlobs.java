package io.rosbalena.run;

import io.rosbalena.store.Digest;
import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of layers are read from: the store, or an image layout. */
@FunctionalInterface
public interface LayerBlobs {
    /** A layer as it is stored, compressed or not. */
    InputStream open(Digest blob) throws IOException;
}
