package io.rosbalena.run;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A service to be run on this machine.
 *
 * @param name name in the manifest
 * @param layers the image's layers, bottom first
 * @param command what it runs
 * @param view what it sees of this machine
 * @param stop how it is stopped
 * @param restart when it is started again
 * @param dependsOn names of services that start before it and stop after it
 * @param notApplied what the manifest asks for and a run here does not give, in the manifest's words, for example {@code
 *     mem_limit}
 */
public record Service(
        String name,
        List<ServiceLayer> layers,
        ServiceCommand command,
        ServiceView view,
        StopRule stop,
        RestartPolicy restart,
        List<String> dependsOn,
        List<String> notApplied) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    public Service {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a service: " + name);
        }
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("the image of " + name + " has no layers");
        }
        dependsOn = List.copyOf(dependsOn);
        notApplied = List.copyOf(notApplied);
    }
}
