package io.rosbalena.device.shell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Commands in the container of a service, through the host's engine. */
public final class ServiceShell {
    /** Not every image has bash, and who works at a terminal wants it where it is. */
    private static final List<String> SHELL =
            List.of("/bin/sh", "-c", "if [ -x /bin/bash ]; then exec /bin/bash; else exec /bin/sh; fi");

    private ServiceShell() {}

    /**
     * The words that run a command in a service, for {@link Ssh#attached}.
     *
     * @param words the command; empty for a shell
     * @throws io.rosbalena.finding.FindingException RB692 if the service does not run
     */
    public static List<String> words(Ssh ssh, String service, List<String> words, boolean terminal)
            throws IOException, InterruptedException {
        RunningServices running = RunningServices.of(ssh);
        List<String> command =
                new ArrayList<>(List.of(running.engine(), "exec", terminal ? "-it" : "-i", running.container(service)));
        command.addAll(words.isEmpty() ? SHELL : words);
        return command;
    }
}
