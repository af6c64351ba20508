package io.rosbalena.robot.desk;

import io.rosbalena.balena.VariableFile;
import io.rosbalena.compose.DotEnv;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.project.DeskSecrets;
import io.rosbalena.robot.project.RobotProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The variables that services have on the desk besides those of the manifest. A fleet would set them, but local mode has
 * none: the Supervisor gives services what stands in the state that is sent, and nothing else.
 */
final class DeskVariables {
    /** The file that is looked for where nobody names one. */
    static final String USUAL_FILE = "balena-env.yml";

    private DeskVariables() {}

    /**
     * Name and value of each variable, by service; they win over the manifest's, as those of a fleet do.
     *
     * @param environment that of this process, from which secrets are taken
     * @param findings gets what has no value
     * @throws FindingException RB640 to RB643 for a file that was named and is not there, or is wrong
     */
    static SortedMap<String, SortedMap<String, String>> of(
            RobotProject project,
            Optional<Path> file,
            Collection<String> services,
            Map<String, String> environment,
            Findings findings)
            throws IOException {
        VariableFile checkedIn = file.isPresent() && isMeant(file.get())
                ? VariableFile.read(file.get(), project.files().show(file.get()))
                : new VariableFile(List.of());
        Map<String, String> known = new TreeMap<>(
                DotEnv.variables(project.files().directory(), project.build().interpolation(), new Findings()));
        known.putAll(environment);
        DeskSecrets secrets = DeskSecrets.of(project, environment, findings);
        SortedMap<String, SortedMap<String, String>> variables = new TreeMap<>();
        for (String service : services) {
            SortedMap<String, String> ofService = new TreeMap<>(checkedIn.seenBy(service, known));
            ofService.putAll(secrets.of(service));
            variables.put(service, ofService);
        }
        return variables;
    }

    /** A file of another name was named, so it has to be there. */
    private static boolean isMeant(Path file) {
        return Files.exists(file) || !file.endsWith(USUAL_FILE);
    }
}
