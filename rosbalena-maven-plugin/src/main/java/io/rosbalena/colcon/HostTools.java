package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.Script;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What of this machine a compile on it depends on.
 *
 * @param environment the variables that compilers, CMake, Python and ROS listen to
 */
record HostTools(SortedMap<String, String> environment) {
    /** Everything else of the caller's environment is not seen by a compile, so that the key can be believed. */
    private static final Pattern HEARD =
            Pattern.compile("PATH|(LD_LIBRARY|PYTHON|PKG_CONFIG|AMENT_PREFIX|LIBRARY|C|C_INCLUDE|CPLUS_INCLUDE)_?PATH"
                    + "|CC|CXX|FC|(C|CXX|CPP|LD)FLAGS|VIRTUAL_ENV|(ROS|RMW|RCUTILS|AMENT|CMAKE)_[A-Z0-9_]+"
                    + "|[A-Za-z0-9_]+_(DIR|ROOT)");

    /** Raised when the same machine would give other results, since it is called otherwise. */
    private static final int VERSION = 1;

    private static final Path DPKG = Path.of("/var/lib/dpkg/status");

    HostTools {
        environment = new TreeMap<>(environment);
        environment.keySet().removeIf(name -> !HEARD.matcher(name).matches());
    }

    /** Where colcon is. */
    void requireColcon() {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (folder.startsWith("/") && Files.isExecutable(Path.of(folder, "colcon"))) {
                return;
            }
        }
        throw FindingException.environment(Finding.error("RB477", "there is no colcon on this machine's PATH")
                .fix("start in a container or shell for ROS development, where colcon build works; or compile with the"
                        + " engine root, which brings its own"));
    }

    /** Digest of programs with their versions, packages of the system, and environment. */
    Digest identity() throws IOException, InterruptedException {
        KeyBuilder key = new KeyBuilder().add("version", VERSION).add("tools", versions());
        if (Files.isRegularFile(DPKG)) {
            key.add("dpkg", Digest.of(DPKG));
        }
        environment.forEach((name, value) -> key.add("variable " + name, value));
        return key.build();
    }

    private String versions() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Script.of(HostTools.class, "versions.sh").line(List.of()))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> variables = builder.environment();
        String home = variables.getOrDefault("HOME", "/");
        variables.clear();
        variables.putAll(environment);
        variables.put("HOME", home);
        variables.put("LC_ALL", "C");
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw FindingException.environment(
                        Finding.error("RB477", "there is no python3 on this machine's PATH that works")
                                .fix("start where colcon build works; or compile with the engine root"));
            }
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
