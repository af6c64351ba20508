package io.rosbalena.robot.compiling;

import io.rosbalena.colcon.CompiledWorkspace;
import io.rosbalena.colcon.InstallTree;
import io.rosbalena.colcon.InstalledFile;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Platform;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells packages that hold machine code from those that run on any processor. */
final class MachineCode {
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private MachineCode() {}

    /** The results that run on any processor. */
    static SortedMap<String, InstallTree> without(CompiledWorkspace compiled, BlobStore store) throws IOException {
        SortedMap<String, InstallTree> pure = new TreeMap<>();
        for (InstallTree tree : compiled.trees().values()) {
            if (first(tree, store).isEmpty()) {
                pure.put(tree.packageName(), tree);
            }
        }
        return pure;
    }

    /**
     * A package compiled on this machine cannot go into images of another platform if it holds machine code.
     *
     * @param compiled what this machine compiled
     * @throws FindingException RB731 with each such package
     */
    static void refuse(Collection<InstallTree> compiled, Platform platform, BlobStore store) throws IOException {
        Findings findings = new Findings();
        for (InstallTree tree : compiled) {
            first(tree, store)
                    .ifPresent(file -> findings.add(Finding.error(
                                    "RB731",
                                    tree.packageName() + " is compiled for this machine, not for " + platform + ": "
                                            + file.path())
                            .fix("the lock has no cross compiler for that platform: add an apt source that has one"
                                    + " (Debian and Ubuntu do, for x86-64 machines) and run mvn rosbalena:lock;"
                                    + " or name the package in <emulate>; or build on a machine of that platform alone")
                            .inPackage(tree.packageName())));
        }
        findings.throwIfErrors();
    }

    private static Optional<InstalledFile> first(InstallTree tree, BlobStore store) throws IOException {
        for (InstalledFile file : tree.files()) {
            if (file instanceof InstalledFile.Regular regular && isElf(store, regular.blob())) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static boolean isElf(BlobStore store, Digest blob) throws IOException {
        try (InputStream in = store.read(blob)) {
            return Arrays.equals(in.readNBytes(ELF.length), ELF);
        }
    }
}
