package io.rosbalena.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Results of stages that machines share. Unlike a blob, a result cannot be checked against its name: whoever computed it
 * must be trusted. Safe for several threads.
 */
public interface SharedResults {
    /** Nothing is shared and nobody trusted. */
    SharedResults NONE = new SharedResults() {
        @Override
        public List<Digest> signers() {
            return List.of();
        }

        @Override
        public Optional<Taken> take(ResultName name) {
            return Optional.empty();
        }

        @Override
        public void offer(ResultName name, List<Digest> blobs) {}

        @Override
        public <I, O> List<O> each(List<I> inputs, LookUp<I, O> lookUp) throws IOException {
            List<O> found = new ArrayList<>();
            for (I input : inputs) {
                found.add(lookUp.find(input));
            }
            return found;
        }
    };

    /**
     * A result that somebody else computed; all of it is in the store.
     *
     * @param signer digest of the key that vouches for it
     * @param document what the stage's {@link Codec} wrote
     */
    record Taken(Digest signer, Digest document) {}

    /** Looks for the result of one input. */
    @FunctionalInterface
    interface LookUp<I, O> {
        O find(I input) throws IOException;
    }

    /** Digests of the keys whose results count. */
    List<Digest> signers();

    /**
     * Brings a result and its blobs into the store.
     *
     * @return empty if nobody has it, or it cannot be asked for
     * @throws io.rosbalena.finding.FindingException if what is there is from nobody who is trusted
     */
    Optional<Taken> take(ResultName name) throws IOException;

    /** Tells of a result that was computed here and that stands in the store with its blobs; it may be shared later. */
    void offer(ResultName name, List<Digest> blobs);

    /** The answers to several look-ups in their order, made at the same time where each is a way to a server. */
    <I, O> List<O> each(List<I> inputs, LookUp<I, O> lookUp) throws IOException;
}
