package io.rosbalena.robot.project;

import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.DotEnv;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values that secret variables have on the desk, where no fleet sets them.
 *
 * @param byService name and value of each service's secrets
 */
public record DeskSecrets(Map<String, SortedMap<String, String>> byService) {
    public DeskSecrets {
        byService = Map.copyOf(byService);
    }

    /**
     * Takes them from the environment, else from {@code .env} and the properties of the POM.
     *
     * @param environment that of this process
     * @param findings gets what has no value
     */
    public static DeskSecrets of(RobotProject project, Map<String, String> environment, Findings findings) {
        ComposeModel compose = ManifestFile.read(project, new Findings());
        Map<String, String> known = new TreeMap<>(
                DotEnv.variables(project.files().directory(), project.build().interpolation(), new Findings()));
        known.putAll(environment);
        Map<String, SortedMap<String, String>> values = new TreeMap<>();
        compose.services().values().forEach(service -> {
            SortedMap<String, String> ofService = new TreeMap<>();
            for (String name : service.extension().secrets()) {
                Optional.ofNullable(known.get(name))
                        .ifPresentOrElse(
                                value -> ofService.put(name, value),
                                () -> findings.add(service.places()
                                        .of("x-rosbalena.secrets")
                                        .place(Finding.warning(
                                                        "RB198",
                                                        "the secret " + name + " has no value here, and the service"
                                                                + " starts without it")
                                                .fix("export " + name + "=…, or write it into .env, which nobody"
                                                        + " commits"))
                                        .inService(service.name())));
            }
            values.put(service.name(), ofService);
        });
        return new DeskSecrets(values);
    }

    /** Those of a service. */
    public SortedMap<String, String> of(String service) {
        return byService.getOrDefault(service, Collections.emptySortedMap());
    }

    /** The names alone. */
    @Override
    public String toString() {
        Map<String, Object> names = new TreeMap<>();
        byService.forEach((service, values) -> names.put(service, values.keySet()));
        return names.toString();
    }
}
