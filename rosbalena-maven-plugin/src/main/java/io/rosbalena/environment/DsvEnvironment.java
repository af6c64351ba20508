package io.rosbalena.environment;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Computes the environment that {@code source setup.bash} would give, from the {@code .dsv} files that colcon and
 * ament_package install. Rules: the {@code _local_setup_util} scripts of both.
 */
public final class DsvEnvironment {
    private DsvEnvironment() {}

    /**
     * Evaluates prefixes one after another.
     *
     * @param files the file system that holds the prefixes
     * @param prefixes absolute paths, the lowest underlay first; one that is not there adds nothing
     * @param initial variables to start from
     * @return the variables; a prefix with an error in it adds nothing but itself to COLCON_PREFIX_PATH
     */
    public static EvaluatedEnvironment evaluate(FileView files, List<String> prefixes, Map<String, String> initial)
            throws IOException {
        Findings findings = new Findings();
        Variables variables = new Variables(initial);
        for (String path : prefixes) {
            Prefix prefix = Prefix.read(files, path);
            if (prefix.isColcon()) {
                variables.prepend("COLCON_PREFIX_PATH", path);
            }
            Findings here = new Findings();
            Variables changed = variables.copy();
            evaluate(files, prefix, changed, here);
            findings.addAll(here.all());
            if (!here.hasErrors()) {
                variables = changed;
            }
        }
        return new EvaluatedEnvironment(variables.all(), findings.all());
    }

    private static void evaluate(FileView files, Prefix prefix, Variables variables, Findings findings)
            throws IOException {
        SourceOrder order = SourceOrder.of(prefix.packages());
        if (!order.circle().isEmpty()) {
            findings.add(Finding.error(
                            "RB374",
                            "these packages need each other at run time, so none of their environment hooks can be"
                                    + " applied: " + String.join(", ", order.circle()))
                    .fix("take one <exec_depend> out of the circle")
                    .at(prefix.path()));
        }
        for (String name : order.packages()) {
            String own = prefix.of(name);
            String share = own + "/share/" + name;
            PrefixEvaluation evaluation = new PrefixEvaluation(files, own, variables, findings);
            Optional<byte[]> hooks = files.read(share + "/package.dsv");
            if (hooks.isPresent()) {
                evaluation.apply(share + "/package.dsv", hooks.get());
            } else if (!prefix.isColcon()) {
                evaluation.scripts(share + "/local_setup", Set.of("sh", "bash"));
            }
        }
    }
}
