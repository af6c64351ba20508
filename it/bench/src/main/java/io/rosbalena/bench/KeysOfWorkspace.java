package io.rosbalena.bench;

import io.rosbalena.rosdep.KeyUse;
import io.rosbalena.rosdep.ResolvedKeys;
import io.rosbalena.rosdep.RosdepDatabase;
import io.rosbalena.rosdep.RosdepSource;
import io.rosbalena.rosdep.RosdepSources;
import io.rosbalena.rosdep.TargetOs;
import io.rosbalena.store.BlobStore;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.TransferSettings;
import io.rosbalena.workspace.BuildClosure;
import io.rosbalena.workspace.ConditionContexts;
import io.rosbalena.workspace.DependencyTypes;
import io.rosbalena.workspace.RunClosure;
import io.rosbalena.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the folders of a workspace to the packages of its keys, in a Java machine that is warm. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class KeysOfWorkspace {
    private final Path workspace = Path.of(System.getProperty("bench.workspace"));
    private final Path databases = Path.of(System.getProperty("bench.databases"));
    private final Path store = Path.of(System.getProperty("bench.store"));

    /** Discovery, manifests, order, closures, databases and rules. */
    @Benchmark
    public ResolvedKeys keysOfWorkspace() throws IOException {
        return resolve(workspace, databases, store);
    }

    static ResolvedKeys resolve(Path workspace, Path databases, Path store) throws IOException {
        Workspace read = Workspace.scan(workspace, workspace, ConditionContexts.of("humble", Map.of()));
        if (read.buildOrder().isEmpty()) {
            throw new IllegalStateException("no packages in " + workspace);
        }
        List<KeyUse> uses = new ArrayList<>();
        RunClosure.of(read, read.names(), DependencyTypes.EXEC)
                .keys()
                .forEach((key, origins) -> origins.forEach(
                        origin -> uses.add(new KeyUse(key, origin.packageName(), origin.file(), origin.line()))));
        BuildClosure.of(read, read.names(), true)
                .keys()
                .forEach((key, origins) -> origins.forEach(
                        origin -> uses.add(new KeyUse(key, origin.packageName(), origin.file(), origin.line()))));
        return database(databases, store).resolveAll(uses, new TargetOs("ubuntu", "jammy"));
    }

    /** The databases alone: read from the store as they are kept there, and asked for one key. */
    @Benchmark
    public Object databases() throws IOException {
        return database(databases, store).resolve("no_such_key", new TargetOs("ubuntu", "jammy"));
    }

    private static RosdepDatabase database(Path databases, Path store) throws IOException {
        List<RosdepSource> files = Stream.of("base", "python", "ruby")
                .map(name -> RosdepSource.parse("rosdep/" + name + ".yaml", databases))
                .toList();
        return RosdepDatabase.open(
                new RosdepSources(
                        List.of(), files, Optional.of(RosdepSource.parse("index-v4.yaml", databases)), "humble"),
                Map.of(),
                new HttpTransfer(TransferSettings.standard().withOffline(true)),
                BlobStore.open(store));
    }
}
