package io.rosbalena.robot.building;

import io.rosbalena.colcon.CompiledWorkspace;
import io.rosbalena.colcon.InstallTree;
import io.rosbalena.colcon.InstalledFile;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Platform;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Tells packages that hold machine code from those that run on any processor. */
final class MachineCode {
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private MachineCode() {}

    /** A package compiled on this machine cannot go into images of another platform if it holds machine code. */
    static void refuse(CompiledWorkspace compiled, Platform platform, BlobStore store, Findings findings)
            throws IOException {
        for (InstallTree tree : compiled.trees().values()) {
            for (InstalledFile file : tree.files()) {
                if (file instanceof InstalledFile.Regular regular && isElf(store, regular.blob())) {
                    findings.add(Finding.error(
                                    "RB731",
                                    tree.packageName() + " is compiled for this machine, not for " + platform + ": "
                                            + file.path())
                            .fix(
                                    "build on a machine of that platform alone; images for both from one machine need cross-compiling,"
                                            + " which is not there yet")
                            .inPackage(tree.packageName()));
                    break;
                }
            }
        }
        findings.throwIfErrors();
    }

    private static boolean isElf(BlobStore store, Digest blob) throws IOException {
        try (InputStream in = store.read(blob)) {
            return Arrays.equals(in.readNBytes(ELF.length), ELF);
        }
    }
}
