package io.rosbalena.run;

import java.util.List;
import java.util.Map;

/**
 * What a service runs.
 *
 * @param arguments entrypoint and command in one list
 * @param environment the image's variables with the manifest's over them
 * @param workingDirectory absolute path inside; made if the image lacks it
 */
public record ServiceCommand(List<String> arguments, Map<String, String> environment, String workingDirectory) {
    public ServiceCommand {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a service without a command");
        }
        if (!workingDirectory.startsWith("/")) {
            throw new IllegalArgumentException("not an absolute working directory: " + workingDirectory);
        }
        for (String name : environment.keySet()) {
            if (name.isEmpty() || name.indexOf('=') >= 0) {
                throw new IllegalArgumentException("not the name of a variable: \"" + name + "\"");
            }
        }
    }
}
