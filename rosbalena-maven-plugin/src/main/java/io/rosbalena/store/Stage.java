package io.rosbalena.store;

import java.io.IOException;

/**
 * A function from values to values whose results are kept under the digest of all that they depend on.
 *
 * @param <I> the input
 * @param <O> the result
 */
public interface Stage<I, O> {
    /** Name of the stage in keys and in {@code results/<id>/}, lower case. */
    String id();

    /** Raised whenever the stage's code would give another result for the same input. */
    int version();

    /** Digest of everything that the result depends on. */
    Digest key(I input) throws IOException;

    /** Computes the result. */
    O run(I input, Progress progress) throws IOException;

    /** How the result is kept. */
    Codec<O> codec();
}
