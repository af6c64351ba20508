package io.rosbalena.sandbox;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How programs of another processor run in a root: the kernel hands them to qemu-user, which it knows by binfmt_misc. Each
 * of their children is handed on as well. The machine may have said so for all its roots; else a user namespace may say it
 * for itself, where the kernel keeps a list for each (since Linux 6.7), and nothing of the machine is changed.
 *
 * @param format what a namespace must register first; empty if the machine has
 */
record Emulation(String format) {
    /** The machine's own list serves. */
    static final Emulation OF_THE_MACHINE = new Emulation("");

    /** Where programs run natively. */
    static final Emulation NONE = OF_THE_MACHINE;

    private static final List<String> INTERPRETERS = List.of("qemu-%s-static", "qemu-%s");

    /**
     * For a way that needs no container; found out by running a program.
     *
     * @throws FindingException RB493 if no program of that processor runs
     */
    static Emulation in(Way way, Processor processor) throws IOException, InterruptedException {
        List<String> reasons = new ArrayList<>();
        Optional<String> machine = probe(way, OF_THE_MACHINE, processor);
        if (machine.isEmpty()) {
            return OF_THE_MACHINE;
        }
        reasons.add(KernelFormats.OF_THIS_MACHINE.lacking(processor).orElse(machine.get()));
        // Elsewhere the list is the machine's, which is not for a build to change.
        if (way.ownsItsNamespace()) {
            Optional<Tool> interpreter = interpreter(processor);
            if (interpreter.isEmpty()) {
                reasons.add("the program " + INTERPRETERS.get(0).formatted(processor.name())
                        + " is not on this machine's PATH");
            } else {
                Emulation own = new Emulation(
                        ForeignProgram.format(processor, interpreter.get().toString()));
                Optional<String> refused = probe(way, own, processor);
                if (refused.isEmpty()) {
                    return own;
                }
                reasons.add("with a list of its own: " + refused.get());
            }
        }
        throw refused(processor, reasons);
    }

    /**
     * For containers, which take what the machine's list says, where it can be read.
     *
     * @throws FindingException RB493 if it does not have that processor
     */
    static void requireInContainers(KernelFormats formats, Processor processor) throws IOException {
        Optional<String> lacking = formats.lacking(processor);
        // Elsewhere, as on macOS, they run on a machine that is not seen from here.
        if (lacking.isPresent() && formats.isShown()) {
            throw refused(processor, List.of(lacking.get()));
        }
    }

    private static FindingException refused(Processor processor, List<String> reasons) {
        return FindingException.environment(Finding.error(
                        "RB493",
                        "programs for " + processor.name() + ", which <emulate> asks for, do not run on this machine: "
                                + String.join("; ", reasons))
                .fix("install qemu-user-static and binfmt-support (Debian 12, Ubuntu: sudo apt install qemu-user-static"
                        + " binfmt-support; later ones: qemu-user-binfmt), which enters it in"
                        + " /proc/sys/fs/binfmt_misc with the flag F; from Linux 6.7 on, and where user namespaces are"
                        + " open, qemu-user-static alone is enough. Or take the packages out of <emulate>, or build on a"
                        + " machine of that platform"));
    }

    private static Optional<Tool> interpreter(Processor processor) {
        return INTERPRETERS.stream()
                .flatMap(name -> Tool.find(name.formatted(processor.name())).stream())
                .findFirst();
    }

    /** What is said if a program of that processor does not run in a root of its own; empty if it does. */
    private static Optional<String> probe(Way way, Emulation emulation, Processor processor)
            throws IOException, InterruptedException {
        String program = ForeignProgram.printf(ForeignProgram.of(processor));
        List<String> line = way.unshare(NamespaceSandbox.MORE);
        line.addAll(
                way == Way.ROOT_WITHOUT_MOUNTS
                        ? Script.of(Emulation.class, "probe-emulation-chroot.sh")
                                .line(List.of(
                                        Tool.require("nsenter", "util-linux").toString(), program))
                        : Script.of(Emulation.class, "probe-emulation.sh").line(List.of(emulation.format(), program)));
        try (ReadyProcess process = way.start(line, text -> {})) {
            if (process.awaitReady()) {
                process.await();
                return Optional.empty();
            }
            return Optional.of(String.join("; ", process.said()));
        }
    }
}
