package io.rosbalena.device.shell;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The containers that run on a device, and the engine that runs them. What the device says is taken only in the form
 * that an engine has for it.
 *
 * @param engine the path of its program
 * @param containers ids by the container's name
 */
record RunningServices(String engine, SortedMap<String, String> containers) {
    /** balenaOS has balena-engine; a host of one's own has docker or podman. */
    private static final String SCRIPT = "e=$(command -v balena-engine || command -v docker || command -v podman)"
            + " && echo \"$e\" && \"$e\" ps --format '{{.ID}} {{.Names}}'";

    private static final Pattern ENGINE = Pattern.compile("/[A-Za-z0-9._/-]+");
    private static final Pattern CONTAINER =
            Pattern.compile("([0-9a-f]{12,64}) ([A-Za-z0-9][A-Za-z0-9_.-]{0,255})(?:,.*)?");

    static RunningServices of(Ssh ssh) throws IOException, InterruptedException {
        return parse(ssh.output(SCRIPT));
    }

    static RunningServices parse(String output) throws IOException {
        List<String> lines = output.lines().toList();
        if (lines.isEmpty() || !ENGINE.matcher(lines.get(0)).matches()) {
            throw new IOException("the device does not say where its engine is");
        }
        SortedMap<String, String> containers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            Matcher matcher = CONTAINER.matcher(line);
            if (matcher.matches()) {
                containers.put(matcher.group(2), matcher.group(1));
            }
        }
        return new RunningServices(lines.get(0), containers);
    }

    /**
     * The container of a service; the name of a container serves as well.
     *
     * @throws FindingException RB692 if none runs, or if its name could be that of several
     */
    String container(String service) {
        String exact = containers.get(service);
        if (exact != null) {
            return exact;
        }
        String quoted = Pattern.quote(service);
        // SERVICE_IMAGE_RELEASE_COMMIT, as the Supervisor names containers.
        List<String> ofSupervisor = ids(Pattern.compile(quoted + "_\\d+_\\d+(?:_.*)?"));
        // PROJECT-SERVICE-1 as docker compose does, PROJECT_SERVICE_1 as it did.
        List<String> found =
                ofSupervisor.isEmpty() ? ids(Pattern.compile(".+[-_]" + quoted + "[-_]\\d+")) : ofSupervisor;
        if (found.size() != 1) {
            String what =
                    found.isEmpty() ? "no service " + service + " runs" : "several containers could be " + service;
            throw FindingException.input(Finding.error("RB692", what + " on the device")
                    .fix(
                            containers.isEmpty()
                                    ? "nothing runs there"
                                    : "choose a service or a container of these: "
                                            + String.join(", ", containers.keySet())));
        }
        return found.get(0);
    }

    private List<String> ids(Pattern name) {
        return containers.entrySet().stream()
                .filter(container -> name.matcher(container.getKey()).matches())
                .map(Map.Entry::getValue)
                .toList();
    }
}
