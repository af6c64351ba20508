package io.rosbalena.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.finding.FindingException;
import io.rosbalena.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of a processor that this machine is not. */
class EmulationTest {
    private static final Processor ARM = new Processor("aarch64", 183);
    private static final Processor INTEL = new Processor("x86_64", 62);

    private static final String REGISTERED = """
            enabled
            interpreter /usr/libexec/qemu-binfmt/aarch64-binfmt-P
            flags: POCF
            offset 0
            magic 7f454c460201010000000000000000000200b700
            mask ffffffffffffff00fffffffffffffffffeffffff
            """;

    @TempDir
    private Path folder;

    private static Processor foreign() {
        return isArm() ? INTEL : ARM;
    }

    private static boolean isArm() {
        return System.getProperty("os.arch").equals("aarch64");
    }

    @Test
    void aProgramOfThisProcessorIsOneToThisKernel() throws Exception {
        // The bytes of the other processor's differ in three instructions only, which EmulationTest's other tests run.
        assertThat(runsHere(isArm() ? ARM : INTEL)).isTrue();
    }

    private boolean runsHere(Processor processor) throws IOException, InterruptedException {
        Path program = Files.write(folder.resolve("program"), ForeignProgram.of(processor));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new ProcessBuilder(program.toString()).start().waitFor() == 0;
    }

    @Test
    void programsOfAnotherProcessorRunInARootAndAreStartedByOthersToo() throws Exception {
        Sandbox sandbox = emulating();
        Path root = root();
        List<String> lines = new ArrayList<>();

        int status = sandbox.run(command(root, "/bin/foreign"), lines::add);
        assertThat(status).as(String.join("\n", lines)).isZero();
        status = sandbox.run(command(root, "/bin/sh", "-c", "/bin/foreign && env foreign && echo ran"), lines::add);
        assertThat(lines).containsExactly("ran");
        assertThat(status).isZero();
    }

    @Test
    void withoutAnEmulatorTheyDoNotRun() throws Exception {
        emulating();
        Assumptions.assumeFalse(runsHere(foreign()), "skipped: this machine runs them everywhere");
        assertThat(open().run(command(root(), "/bin/foreign"), line -> {})).isNotZero();
    }

    @Test
    void nothingOfTheMachineChanges() throws Exception {
        boolean before = runsHere(foreign());
        Optional<String> list = KernelFormats.OF_THIS_MACHINE.lacking(foreign());
        emulating().run(command(root(), "/bin/foreign"), line -> {});
        assertThat(KernelFormats.OF_THIS_MACHINE.lacking(foreign())).isEqualTo(list);
        assertThat(runsHere(foreign())).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(names = {"ROOT_WITH_MOUNTS", "ROOT_WITHOUT_MOUNTS"})
    void whereNothingEmulatesItIsSaidWhatToInstall(Way way) throws Exception {
        User.assumeRoot();
        Assumptions.assumeTrue(way.probe().isEmpty(), "skipped: the way is closed");
        Assumptions.assumeFalse(runsHere(foreign()), "skipped: this machine runs them everywhere");
        FindingException refused = catchThrowableOfType(
                FindingException.class, () -> Sandboxes.by(way).emulating(foreign()));
        assertThat(refused.findings().get(0).print())
                .contains("RB493", foreign().name(), "binfmt_misc")
                .contains("sudo apt install qemu-user-static binfmt-support");
    }

    @ParameterizedTest
    @EnumSource(names = {"ROOT_WITH_MOUNTS", "ROOT_WITHOUT_MOUNTS"})
    void whatTheMachineRunsNeedsNothing(Way way) throws Exception {
        User.assumeRoot();
        Assumptions.assumeTrue(way.probe().isEmpty(), "skipped: the way is closed");
        assertThat(Emulation.in(way, isArm() ? ARM : INTEL)).isEqualTo(Emulation.OF_THE_MACHINE);
    }

    @Test
    void containersAreRefusedOnlyWhereTheListIsSeenAndLacksIt() throws Exception {
        Emulation.requireInContainers(new KernelFormats(folder.resolve("none")), ARM);
        machine("enabled\n", Map.of("qemu-aarch64", REGISTERED));
        Emulation.requireInContainers(new KernelFormats(folder), ARM);
        assertThatThrownBy(() -> Emulation.requireInContainers(new KernelFormats(folder), INTEL))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB493");
    }

    @Test
    void anEntryOfTheMachineIsEnough() throws IOException {
        machine(
                "enabled\n",
                Map.of(
                        "python3.11",
                        "enabled\ninterpreter /usr/bin/python3\nflags: \noffset 0\nmagic a70d0d0a\n",
                        "qemu-aarch64",
                        REGISTERED));
        assertThat(new KernelFormats(folder).lacking(ARM)).isEmpty();
        assertThat(new KernelFormats(folder).lacking(INTEL)).contains("binfmt_misc has no entry for x86_64");
    }

    @Test
    void anEntryOfOursSaysTheSameAsThatOfQemu() {
        assertThat(ForeignProgram.format(ARM, "/usr/bin/qemu-aarch64-static"))
                .isEqualTo(
                        ":rosbalena-aarch64:M::\\x7f\\x45\\x4c\\x46\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00"
                                + "\\x00\\x00\\x02\\x00\\xb7\\x00:\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\x00\\x00\\x00\\x00\\x00\\x00"
                                + "\\x00\\x00\\xfe\\xff\\xff\\xff:/usr/bin/qemu-aarch64-static:FP");
    }

    @ParameterizedTest
    @CsvSource({
        "enabled, disabled, its entry qemu-aarch64 is switched off",
        "flags: POCF, flags: POC, its entry qemu-aarch64 lacks the flag F",
        "0200b700, 02003e00, binfmt_misc has no entry for aarch64",
        "offset 0, offset 4, binfmt_misc has no entry for aarch64",
        "magic 7f45, magic zz, binfmt_misc has no entry for aarch64"
    })
    void anEntryThatDoesNotServeIsExplained(String text, String instead, String reason) throws IOException {
        machine("enabled\n", Map.of("qemu-aarch64", REGISTERED.replace(text, instead)));
        assertThat(new KernelFormats(folder).lacking(ARM).orElseThrow()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disabled\n", ""})
    void aMachineWithoutTheListIsExplained(String status) throws IOException {
        if (!status.isEmpty()) {
            machine(status, Map.of("qemu-aarch64", REGISTERED));
        }
        assertThat(new KernelFormats(folder).lacking(ARM).orElseThrow())
                .contains(status.isEmpty() ? "binfmt_misc is not mounted" : "binfmt_misc is switched off");
    }

    private void machine(String status, Map<String, String> entries) throws IOException {
        Files.writeString(folder.resolve("status"), status);
        Files.writeString(folder.resolve("register"), "");
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            Files.writeString(folder.resolve(entry.getKey()), entry.getValue());
        }
    }

    private static Sandbox open() throws IOException, InterruptedException {
        try {
            return Sandboxes.choose(Sandboxes.Means.KERNEL).sandbox();
        } catch (FindingException e) {
            Assumptions.abort("skipped: " + e.getMessage());
            throw e;
        }
    }

    private static Sandbox emulating() throws IOException, InterruptedException {
        try {
            return open().emulating(foreign());
        } catch (FindingException e) {
            Assumptions.abort("skipped: " + e.getMessage());
            throw e;
        }
    }

    private Path root() throws Exception {
        Path root = BusyboxRoot.unpack(BlobStore.open(folder.resolve("store")));
        Path program = Files.write(root.resolve("bin/foreign"), ForeignProgram.of(foreign()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return root;
    }

    private static SandboxCommand command(Path root, String... arguments) {
        return new SandboxCommand(root, List.of(), "/", Map.of("PATH", "/bin"), List.of(arguments));
    }
}
