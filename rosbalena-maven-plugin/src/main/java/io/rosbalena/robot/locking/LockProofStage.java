package io.rosbalena.robot.locking;

import io.rosbalena.apt.index.IndexProof;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.source.Keyring;
import io.rosbalena.image.Platform;
import io.rosbalena.store.BlobCodec;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import java.io.IOException;
import java.util.List;

/**
 * That a proof was found, so that it is not looked for at each build. The result is the signed file that it began with.
 * Computed by {@link LockProof}.
 */
final class LockProofStage implements Stage<Digest, Digest> {
    /** Everything that a proof depends on: what is said, and who is trusted for which suites. */
    static Digest key(IndexProof.Question question, List<AptSource> sources, Keyring snapshots, Platform platform)
            throws IOException {
        KeyBuilder key = new KeyBuilder()
                .add("platform", platform.toString())
                .add("archive", question.archive().toString())
                .add("key", question.key())
                .add("signed", question.signed())
                .add("packages", question.packages());
        for (AptSource source : sources) {
            key.add("suites", source.suites()).add("components", source.components());
            add(key, source.keyring());
        }
        add(key, snapshots);
        return key.build();
    }

    private static void add(KeyBuilder key, Keyring keyring) throws IOException {
        key.add("fingerprints", keyring.fingerprints());
        for (Keyring.KeyFile file : keyring.files()) {
            key.add("keys", Digest.of(file.content().bytes()));
        }
    }

    @Override
    public String id() {
        return "lock-proof";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Digest key(Digest input) {
        return input;
    }

    @Override
    public Digest run(Digest input, Progress progress) {
        throw new IllegalStateException("a proof is only looked up and kept");
    }

    @Override
    public Codec<Digest> codec() {
        return new BlobCodec("signed");
    }
}
