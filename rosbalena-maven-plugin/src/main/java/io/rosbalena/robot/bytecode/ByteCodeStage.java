package io.rosbalena.robot.bytecode;

import io.rosbalena.lock.LockedPackage;
import io.rosbalena.store.BlobCodec;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import java.util.List;

/** The byte code of one package, as a tar archive, so that it is compiled once. Computed by {@link ByteCode}. */
final class ByteCodeStage implements Stage<ByteCodeStage.Input, Digest> {
    /**
     * What byte code is made from.
     *
     * @param deb the package
     * @param interpreter the packages that the interpreter is made of; the machine that it runs on does not matter
     */
    record Input(Digest deb, List<LockedPackage> interpreter) {}

    @Override
    public String id() {
        return "byte-code";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Digest key(Input input) {
        KeyBuilder key = new KeyBuilder().add("deb", input.deb());
        input.interpreter().forEach(one -> key.add(one.name(), one.version()));
        return key.build();
    }

    @Override
    public Digest run(Input input, Progress progress) {
        throw new IllegalStateException("byte code is only looked up and kept");
    }

    @Override
    public Codec<Digest> codec() {
        return new BlobCodec("tar");
    }
}
