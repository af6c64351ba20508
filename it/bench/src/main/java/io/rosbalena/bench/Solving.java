package io.rosbalena.bench;

import io.rosbalena.apt.index.AptRepositories;
import io.rosbalena.apt.index.CandidateTable;
import io.rosbalena.apt.solver.SolveRequest;
import io.rosbalena.apt.solver.Solver;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.source.MachineSources;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What a list of packages needs, from this machine's apt sources: their signed indexes looked for anew, which did not
 * change, and the set solved. This needs the network; nothing else that is measured does.
 */
final class Solving implements Measurement {
    private static final List<String> WANTED =
            List.of("ca-certificates", "cmake", "curl", "dbus", "g++", "openssh-client", "python3-numpy");

    private final Workplace workplace;

    Solving(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public List<Row> measure() throws IOException, InterruptedException {
        Path apt = workplace.empty("apt");
        Files.createDirectories(apt.resolve("state/lists/partial"));
        Files.createDirectories(apt.resolve("cache/archives/partial"));
        Files.createFile(apt.resolve("status"));
        // Both read the indexes once before they are measured.
        solve();
        apt(apt, "update");
        apt(apt, install());
        List<Cost> ours = new ArrayList<>();
        List<Cost> theirs = new ArrayList<>();
        for (int run = 0; run < workplace.runs(); run++) {
            double cpu = ProcessorTimes.of(ProcessHandle.current());
            long start = System.nanoTime();
            solve();
            ours.add(new Cost((System.nanoTime() - start) / 1e9, ProcessorTimes.of(ProcessHandle.current()) - cpu));
            theirs.add(apt(apt, "update").plus(apt(apt, install())));
        }
        return List.of(Row.ratio(
                "solving with the sources' state of now, in a Java machine that runs",
                Cost.median(ours),
                "apt-get update, apt-get -s install",
                Cost.median(theirs),
                1));
    }

    private void solve() throws IOException {
        Findings findings = new Findings();
        List<AptSource> sources = MachineSources.read(Path.of("/"), findings);
        findings.throwIfErrors();
        CandidateTable table = AptRepositories.open(
                sources,
                Robots.architecture(),
                new HttpTransfer(TransferSettings.standard()),
                BlobStore.open(workplace.store()),
                Clock.systemUTC(),
                Progress.SILENT);
        Solver.solve(table, SolveRequest.of(WANTED));
    }

    private static String[] install() {
        List<String> command = new ArrayList<>(List.of("-s", "-o", "APT::Install-Recommends=false", "install"));
        command.addAll(WANTED);
        return command.toArray(String[]::new);
    }

    /** apt with a state of its own, in which nothing is installed. */
    private static Cost apt(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("apt-get", "-q"));
        for (String option : List.of(
                "Dir::State=" + folder.resolve("state"),
                "Dir::State::status=" + folder.resolve("status"),
                "Dir::Cache=" + folder.resolve("cache"),
                // Machines made of container images switch these off, and apt would parse 60 MB each time.
                "Dir::Cache::pkgcache=pkgcache.bin",
                "Dir::Cache::srcpkgcache=srcpkgcache.bin",
                "Acquire::GzipIndexes=false",
                "APT::Sandbox::User=root",
                "Debug::NoLocking=true")) {
            command.add("-o");
            command.add(option);
        }
        command.addAll(List.of(arguments));
        return new Command(command).run().cost();
    }
}
