package io.rosbalena.store;

import java.io.IOException;
import java.nio.file.Path;

/** Uses a store until it is killed, or until its input ends. */
final class StoreUser {
    private StoreUser() {}

    public static void main(String[] arguments) throws IOException {
        try (StoreUse use = StoreUse.begin(BlobStore.open(Path.of(arguments[0])))) {
            System.out.println("using");
            System.in.readAllBytes();
        }
    }
}
