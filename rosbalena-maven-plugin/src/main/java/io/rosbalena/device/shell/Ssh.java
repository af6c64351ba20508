package io.rosbalena.device.shell;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The system's ssh at one target: keys, agents and {@code ~/.ssh/config} are those of the user. Each device has a file of
 * its own for its host key, so that another device at the same address is noticed and the user's known_hosts stays as
 * it is; the key that is seen first is believed (ssh_config(5), {@code StrictHostKeyChecking=accept-new}).
 */
public final class Ssh {
    private static final int LARGEST = 1 << 18;
    private static final ProcessBuilder.Redirect NOTHING = ProcessBuilder.Redirect.from(new File("/dev/null"));

    private final Target target;
    private final Path hostKeys;
    private final Optional<Path> identity;

    /**
     * @param folder for files with host keys
     * @param identity a private key, besides those that ssh knows of
     */
    public Ssh(Target target, Path folder, Optional<Path> identity) {
        this.target = target;
        this.identity = identity;
        this.hostKeys = folder.resolve(target.host().replaceAll("[^A-Za-z0-9._-]", "_") + "-" + target.port());
    }

    /** The file with the device's host key. */
    public Path hostKeys() {
        return hostKeys;
    }

    /**
     * Runs a command, or the login shell, with this process' output, and at a terminal with its input.
     *
     * @param words the command; empty for a shell
     * @param terminal whether the other side gets a terminal
     * @return the command's exit status; 255 if ssh itself failed, which then says why
     * @throws FindingException RB694 if there is no ssh
     */
    public int attached(List<String> words, boolean terminal) throws IOException, InterruptedException {
        return wait(start(
                command(words, terminal),
                terminal ? ProcessBuilder.Redirect.INHERIT : NOTHING,
                ProcessBuilder.Redirect.INHERIT));
    }

    /**
     * What a command prints.
     *
     * @param script for the remote shell; a constant, nothing of it is quoted
     * @throws FindingException RB694 if there is no ssh, RB691 if it fails
     */
    public String output(String script) throws IOException, InterruptedException {
        List<String> command = options(false);
        command.addAll(target.prefix());
        command.add(script);
        Process ssh = start(command, NOTHING, ProcessBuilder.Redirect.PIPE);
        String output;
        try (InputStream in = ssh.getInputStream()) {
            output = new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        }
        int status = wait(ssh);
        if (status != 0) {
            throw unreachable(status);
        }
        return output;
    }

    /** The finding for a device that ssh does not reach. */
    public FindingException unreachable(int status) {
        return FindingException.environment(Finding.error(
                        "RB691", "ssh to " + target.host() + " port " + target.port() + " ended with " + status)
                .fix("in development mode everybody may log in as root; in production mode the device must hold your"
                        + " key. If the device was written anew, it has another host key: remove " + hostKeys));
    }

    List<String> command(List<String> words, boolean terminal) {
        List<String> command = options(terminal);
        command.addAll(target.prefix());
        if (!words.isEmpty()) {
            command.add(RemoteWords.quote(words));
        }
        return command;
    }

    private List<String> options(boolean terminal) {
        List<String> command = new ArrayList<>(List.of("ssh", terminal ? "-t" : "-T"));
        for (String option : List.of(
                "LogLevel=ERROR",
                "ConnectTimeout=10",
                "ServerAliveInterval=15",
                "StrictHostKeyChecking=accept-new",
                // ssh_config(5): blanks separate several files, a percent sign begins a token.
                "UserKnownHostsFile=\"" + hostKeys.toString().replace("%", "%%") + "\"")) {
            command.add("-o");
            command.add(option);
        }
        identity.ifPresent(file -> command.addAll(List.of("-i", file.toString())));
        command.addAll(List.of("-p", Integer.toString(target.port()), "--", target.user() + "@" + target.host()));
        return command;
    }

    private Process start(List<String> command, ProcessBuilder.Redirect input, ProcessBuilder.Redirect output)
            throws IOException {
        Files.createDirectories(hostKeys.getParent());
        try {
            return new ProcessBuilder(command)
                    .redirectInput(input)
                    .redirectOutput(output)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw FindingException.environment(
                    Finding.error("RB694", "the program ssh cannot be started").fix("install OpenSSH's client"), e);
        }
    }

    private static int wait(Process ssh) throws InterruptedException {
        try {
            return ssh.waitFor();
        } finally {
            ssh.destroy();
        }
    }
}
