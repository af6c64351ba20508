package io.rosbalena.robot.desk;

import io.rosbalena.finding.Findings;
import io.rosbalena.robot.project.DeskSecrets;
import io.rosbalena.robot.project.RobotProject;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The variables that services have on the desk besides those of the manifest. A fleet would set them, but local mode has
 * none: the Supervisor gives services what stands in the state that is sent, and nothing else.
 */
final class DeskVariables {
    private DeskVariables() {}

    /**
     * Name and value of each variable, by service; they win over the manifest's.
     *
     * @param environment that of this process, from which secrets are taken
     * @param findings gets what has no value
     */
    static SortedMap<String, SortedMap<String, String>> of(
            RobotProject project, Collection<String> services, Map<String, String> environment, Findings findings) {
        DeskSecrets secrets = DeskSecrets.of(project, environment, findings);
        SortedMap<String, SortedMap<String, String>> variables = new TreeMap<>();
        services.forEach(service -> variables.put(service, new TreeMap<>(secrets.of(service))));
        return variables;
    }
}
