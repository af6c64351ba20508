package io.rosbalena.run;

import io.rosbalena.sandbox.Rights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command line that starts a service's program with its environment; all programs but the last are this machine's. */
final class ProgramLine {
    // What engines give to every container.
    private static final Map<String, String> DEFAULTS =
            Map.of("HOME", "/root", "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

    private ProgramLine() {}

    /**
     * @param limited whether rights over the whole machine are taken away
     * @param changeRoot the program that changes into the service's root
     */
    static List<String> of(Service service, boolean limited, List<String> changeRoot) {
        // A shell's background job ignores SIGINT, and so would every service, if a build was started there.
        List<String> line = new ArrayList<>(List.of("env", "-i", "--default-signal", "--"));
        Map<String, String> environment = new TreeMap<>(DEFAULTS);
        environment.putAll(service.command().environment());
        environment.forEach((key, value) -> line.add(key + "=" + value));
        if (limited) {
            line.addAll(Rights.withheld());
        }
        line.addAll(changeRoot);
        line.add("--");
        line.addAll(service.command().arguments());
        return line;
    }
}
