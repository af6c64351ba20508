package io.rosbalena.robot.desk;

import io.rosbalena.device.DeviceException;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.util.List;

/** Tells a failure of a device as a finding, with what the user can do about it. */
final class DeskFinding {
    /** How local mode is switched on. */
    static final String LOCAL_MODE = "switch local mode on: in the dashboard under Settings of the device, or with"
            + " balena device local-mode UUID --enable";

    private DeskFinding() {}

    /**
     * The exception that ends a goal.
     *
     * @param what the device or engine, and what was wanted of it
     * @throws IOException the failure itself, if it is none of the device: a disk of this machine, an interrupt
     */
    static FindingException of(String what, IOException failure) throws IOException {
        if (failure instanceof FileSystemException || failure instanceof InterruptedIOException) {
            throw failure;
        }
        return FindingException.environment(finding(what, failure), failure);
    }

    private static Finding finding(String what, IOException failure) {
        String text = what + ": " + failure.getMessage();
        if (!(failure instanceof DeviceException known)) {
            return garbage(text);
        }
        return switch (known.kind()) {
            case UNREACHABLE ->
                Finding.error("RB660", text)
                        .fix("check that it is switched on and in the same network, and the address; mvn rosbalena:scan"
                                + " looks for devices");
            case SILENT -> Finding.error("RB667", text).fix("check power and network of the device, and try again");
            case GARBAGE -> garbage(text);
            case LOCKED_OUT -> Finding.error("RB663", text).fix(LOCAL_MODE);
            case REFUSED ->
                isFull(known)
                        ? Finding.error("RB668", text)
                                .fix("free space on the device, for example with balena-engine image prune on its host;"
                                        + " then run this again")
                        : Finding.error("RB668", text).fix("see what it says; then run this again");
        };
    }

    private static Finding garbage(String text) {
        return Finding.error("RB667", text).fix("check that the address is that of a balena device");
    }

    /** Whether a disk is full. */
    static boolean isFull(DeviceException failure) {
        return String.valueOf(failure.getMessage()).contains("no space left");
    }

    static FindingException notLocal(String device) {
        return new FindingException(
                FindingException.Kind.INPUT,
                List.of(Finding.error("RB663", device + " is not in local mode").fix(LOCAL_MODE)));
    }
}
