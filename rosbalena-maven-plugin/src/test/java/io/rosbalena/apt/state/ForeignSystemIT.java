package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.apt.ArchivedDeb;
import io.rosbalena.apt.index.AptRepositories;
import io.rosbalena.apt.index.CandidateTable;
import io.rosbalena.apt.index.PackageDownloads;
import io.rosbalena.apt.solver.SolveRequest;
import io.rosbalena.apt.solver.Solver;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.source.MachineSources;
import io.rosbalena.finding.FindingException;
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
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system for arm64, put together on another machine without starting anything of it; then it runs in an emulator. */
class ForeignSystemIT {
    private static final List<String> ROOTS = List.of(
            "apt", "usr-is-merged", "python3-numpy", "python3-opencv", "python3-yaml", "ca-certificates", "less");

    private static final String EMULATOR = "/usr/bin/qemu-aarch64-static";

    @TempDir
    private Path directory;

    @Test
    void runsPythonAndIsCleanForDpkgAndLdconfig() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of(EMULATOR)), "skipped: qemu-user-static is not installed");
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "skipped: a chroot is for root alone");
        List<Path> debs = debs();
        List<DebFacts> facts = new ArrayList<>();
        for (Path deb : debs) {
            facts.add(SmallFacts.of(deb));
        }
        PlatformState state = PlatformState.of(PlatformInput.assembled("arm64", facts, Set.of(), new TreeMap<>()));
        Path root = SystemOnDisk.write(directory.resolve("root"), debs, state);
        Files.copy(Path.of(EMULATOR), root.resolve("emulator"));

        assertThat(in(
                        root,
                        "/usr/bin/python3",
                        "-c",
                        "import numpy, cv2, yaml; print(numpy.arange(4).reshape(2, 2) @ [1, 2])"))
                .isEqualTo("[2 8]\n");
        assertThat(in(root, "/usr/bin/dpkg", "--verify")).isEmpty();
        assertThat(in(root, "/usr/bin/dpkg", "--audit")).isEmpty();
        String ours = in(root, "/sbin/ldconfig", "-p");
        in(root, "/sbin/ldconfig");
        assertThat(ours).isEqualTo(in(root, "/sbin/ldconfig", "-p")).contains("libopencv_core.so");
    }

    private String in(Path root, String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of("chroot", root.toString(), "/emulator"));
        line.addAll(List.of(command));
        return RealTool.run(directory, line.toArray(String[]::new));
    }

    private List<Path> debs() throws IOException {
        Findings findings = new Findings();
        List<AptSource> sources = MachineSources.read(Path.of("/"), findings);
        findings.throwIfErrors();
        BlobStore store = BlobStore.open(directory.resolve("store"));
        HttpTransfer transfer = new HttpTransfer(TransferSettings.standard());
        List<Path> debs = new ArrayList<>();
        try {
            CandidateTable table =
                    AptRepositories.open(sources, "arm64", transfer, store, Clock.systemUTC(), Progress.SILENT);
            List<ArchivedDeb> wanted =
                    Solver.solve(table, SolveRequest.of(ROOTS).withBase(SolveRequest.Base.ESSENTIAL))
                            .candidates()
                            .stream()
                            .map(candidate -> candidate.deb().orElseThrow())
                            .toList();
            new PackageDownloads(table.locations(), transfer, store, Progress.SILENT).fetch(wanted);
            wanted.forEach(deb -> debs.add(store.path(deb.sha256())));
        } catch (FindingException e) {
            Assumptions.abort("skipped: this machine's archives have nothing for arm64: " + e.getMessage());
        }
        return debs;
    }
}
