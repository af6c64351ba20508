package io.rosbalena.balena;

import io.rosbalena.balena.FleetVariable.Scope;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The variables of a robot as they are checked in: {@code balena-env.yml}.
 *
 * @param variables in the order of the file
 */
public record VariableFile(List<FleetVariable> variables) {
    public VariableFile {
        variables = List.copyOf(variables);
    }

    /**
     * Reads a file.
     *
     * @param shown the file as the user would name it
     * @throws FindingException RB640 if it is not there, RB641 and up with all that is wrong with it
     */
    public static VariableFile read(Path file, String shown) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw FindingException.input(Finding.error("RB640", "the file of the fleet's variables is not there")
                    .at(shown)
                    .fix(
                            "write it, as the page env.html shows: variables: [{name: ROS_DOMAIN_ID, default: 7}]; another file"
                                    + " is named with -Drosbalena.envFile=FILE"));
        }
        Findings findings = new Findings();
        VariableFile read = parse(shown, Files.readAllBytes(file), findings);
        findings.throwIfErrors();
        return read;
    }

    /** Reads a document; what is wrong with it goes to the findings. */
    public static VariableFile parse(String shown, byte[] document, Findings findings) {
        return YamlReader.read(shown, document)
                .map(root -> new VariableFile(new VariableReader(findings).variables(root)))
                .orElse(new VariableFile(List.of()));
    }

    /**
     * What a service sees on a device, where no fleet sets it.
     *
     * @param known values of secrets and of variables that each device has its own of: the environment, and {@code .env}
     * @return by name; variables without a value are left out
     */
    public SortedMap<String, String> seenBy(String service, Map<String, String> known) {
        SortedMap<String, String> seen = new TreeMap<>();
        // What is said of fewer wins, as on a device.
        for (Scope scope : Scope.values()) {
            for (boolean all : new boolean[] {true, false}) {
                variables.stream()
                        .filter(variable -> variable.scope() == scope
                                && variable.services().isEmpty() == all
                                && variable.reaches(service))
                        .forEach(variable ->
                                value(variable, known).ifPresent(value -> seen.put(variable.name(), value)));
            }
        }
        return seen;
    }

    /** The value that a variable is to have: what is checked in, unless it is a secret or each device has its own. */
    public static Optional<String> value(FleetVariable variable, Map<String, String> known) {
        boolean own = variable.secret() || variable.scope() == Scope.DEVICE;
        return own ? Optional.ofNullable(known.get(variable.name())).or(variable::preset) : variable.preset();
    }
}
