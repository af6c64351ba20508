package io.rosbalena.colcon;

import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Stage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.SortedMap;

/** Compiling one package, as a stage whose results the store remembers. */
final class CompileStage implements Stage<CompileInput, InstallTree> {
    private final ColconRun colcon;

    CompileStage(ColconRun colcon) {
        this.colcon = colcon;
    }

    @Override
    public String id() {
        return "compile";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Digest key(CompileInput input) {
        return input.key();
    }

    @Override
    public InstallTree run(CompileInput input, Progress progress) throws IOException {
        Findings findings = new Findings();
        SortedMap<String, InstallTree> results;
        try {
            results = colcon.run(List.of(input), findings, progress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(
                    "interrupted while compiling " + input.unit().name());
        }
        return results.values().stream()
                .findFirst()
                .orElseThrow(() -> new FindingException(FindingException.Kind.INPUT, findings.all()));
    }

    @Override
    public Codec<InstallTree> codec() {
        return new InstallTreeCodec();
    }
}
