package io.rosbalena.environment;

import io.rosbalena.finding.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The {@code Env} of an image's configuration.
 *
 * @param env {@code NAME=value}, sorted by name
 * @param findings about hooks in the image's prefixes
 */
public record ImageEnvironment(List<String> env, List<Finding> findings) {
    /** Where the workspace's packages stand, in every image and in the build root. */
    public static final String INSTALL = "/ros2_ws/install";

    /** Where Python wheels stand in an image. */
    public static final String WHEELS = "/ros2_ws/python";

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** What only a compiler needs: these never reach an image. */
    private static final Set<String> BUILD_ONLY = Set.of("CMAKE_PREFIX_PATH", "COLCON_PREFIX_PATH", "PKG_CONFIG_PATH");

    /** What nodes print goes line by line to standard output, without colours: journals read it. */
    private static final Map<String, String> ALWAYS = Map.of(
            "PYTHONUNBUFFERED", "1",
            "RCUTILS_LOGGING_USE_STDOUT", "1",
            "RCUTILS_COLORIZED_OUTPUT", "0");

    public ImageEnvironment {
        env = List.copyOf(env);
        findings = List.copyOf(findings);
    }

    /**
     * Computes the environment of an image.
     *
     * @param files everything that the image holds
     * @param base variables of the base image
     * @param rosDistro names the underlay {@code /opt/ros/<rosDistro>}, which need not be there
     */
    public static ImageEnvironment of(FileView files, Map<String, String> base, String rosDistro) throws IOException {
        SortedMap<String, String> initial = new TreeMap<>(base);
        initial.putIfAbsent("LANG", "C.UTF-8");
        initial.putIfAbsent("LC_ALL", "C.UTF-8");
        initial.putIfAbsent("PATH", PATH);
        initial.putAll(ALWAYS);
        EvaluatedEnvironment evaluated =
                DsvEnvironment.evaluate(files, List.of("/opt/ros/" + rosDistro, INSTALL), initial);
        Variables variables = new Variables(evaluated.variables());
        if (files.exists(WHEELS)) {
            variables.append("PYTHONPATH", WHEELS);
        }
        if (files.exists(WHEELS + "/bin")) {
            variables.append("PATH", WHEELS + "/bin");
        }
        List<String> env = variables.all().entrySet().stream()
                .filter(variable -> !BUILD_ONLY.contains(variable.getKey()))
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
        return new ImageEnvironment(env, evaluated.findings());
    }
}
