package io.rosbalena.robot.desk;

import io.rosbalena.compose.CommandLine;
import io.rosbalena.device.shell.ServiceShell;
import io.rosbalena.device.shell.Ssh;
import io.rosbalena.device.shell.Target;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A command, or a shell, on a device or in one of its services. */
public final class Executing {
    /** What ssh says if it fails itself, see ssh(1) "EXIT STATUS". */
    private static final int SSH_FAILED = 255;

    private Executing() {}

    /**
     * What shall run.
     *
     * @param service in whose container; empty for the device's host
     * @param command a text that is split as compose splits a command; empty for a shell
     * @param identity a private key, besides those that ssh knows of
     * @param terminal whether a person sits at a terminal
     */
    public record Request(
            Optional<String> service, Optional<String> command, Optional<Path> identity, boolean terminal) {}

    /**
     * Runs it with the input and the output of this process, until it ends.
     *
     * @param hostKeys folder for files with host keys
     * @throws FindingException RB691 if the device is not reached, RB692 if the service does not run, RB693 if the command
     *     fails, RB694 if there is no ssh, RB695 if it is no command
     */
    public static void exec(Target target, Request request, Path hostKeys) throws IOException, InterruptedException {
        List<String> words = words(request.command());
        Ssh ssh = new Ssh(target, hostKeys, request.identity());
        List<String> remote = request.service().isPresent()
                ? ServiceShell.words(ssh, request.service().get(), words, request.terminal())
                : words;
        int status = ssh.attached(remote, request.terminal());
        if (status == SSH_FAILED) {
            throw ssh.unreachable(status);
        }
        // A shell ends with the status of what was typed last, which nobody means as an answer.
        if (status != 0 && !words.isEmpty()) {
            throw FindingException.input(
                    Finding.error("RB693", "the command on " + target.host() + " ended with " + status)
                            .fix("what it said stands above"));
        }
    }

    /** The device that a user named. */
    public static Target device(Optional<String> device) {
        return Target.device(device.orElseThrow(
                () -> FindingException.input(Finding.error("RB690", "which device is meant was not said")
                        .fix("mvn rosbalena:exec -Ddevice=192.168.1.5; mvn rosbalena:scan looks for devices"))));
    }

    private static List<String> words(Optional<String> command) {
        if (command.isEmpty()) {
            return List.of();
        }
        Optional<String> operator = CommandLine.shellOperator(command.get());
        if (operator.isPresent()) {
            throw FindingException.input(
                    Finding.error("RB695", "no shell reads the command, so " + operator.get() + " has no meaning in it")
                            .fix("-Dcommand=\"sh -c '…'\", or quote the character"));
        }
        return CommandLine.split(command.get())
                .orElseThrow(() ->
                        FindingException.input(Finding.error("RB695", "the command has a quote that is not closed")
                                .fix("-Dcommand=\"ros2 topic echo /scan\"")));
    }
}
