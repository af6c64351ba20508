package io.rosbalena.robot.exporting;

import io.rosbalena.colcon.ColconSettings;
import io.rosbalena.colcon.CompileFlags;
import io.rosbalena.environment.ImageEnvironment;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.json.JsonValue;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.tree.Entry;
import io.rosbalena.workspace.RosPackage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Dockerfile of one service: a stage that all services have in common, one that compiles, one that fetches wheels, and
 * what becomes the image. One file a service, since livepush knows no {@code build.target}.
 *
 * @param heading comments at its beginning
 * @param from what it begins with
 * @param sources whether the export has apt sources
 * @param replaceSources whether these take the place of the base's own
 * @param rosDistro names the underlay {@code /opt/ros/<rosDistro>}, which need not be there
 * @param variables what conditions in {@code package.xml} compare
 * @param settings what colcon is told
 * @param buildPackages what the workspace is compiled with
 * @param buildWheels the file of wheels for compiling; empty if there are none
 * @param compiled the packages that are compiled, in build order
 * @param packages Debian packages of the image
 * @param wheels the file of wheels of the image; empty if there are none
 * @param trees the workspace packages in the image
 * @param files the folder that is copied over the image; empty if there is none
 * @param image what its configuration says
 */
record Dockerfile(
        List<String> heading,
        String from,
        boolean sources,
        boolean replaceSources,
        String rosDistro,
        SortedMap<String, String> variables,
        ColconSettings settings,
        List<LockedPackage> buildPackages,
        String buildWheels,
        List<RosPackage> compiled,
        List<LockedPackage> packages,
        String wheels,
        SortedSet<String> trees,
        String files,
        ImageSettings image) {
    private static final String WORKSPACE = "/ros2_ws";
    private static final String TOOL_WHEELS = "/ros2_ws/tools";
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*=\\P{Cntrl}*");
    private static final Pattern SIGNAL = Pattern.compile("[A-Z0-9+-]+");

    /**
     * What the configuration of the image says that this plugin makes.
     *
     * @param env {@code NAME=value}
     * @param command none where the manifest says it
     * @param stopSignal empty for that of the base
     */
    record ImageSettings(List<String> env, List<String> command, String stopSignal) {
        ImageSettings {
            env = List.copyOf(env);
            command = List.copyOf(command);
        }

        /**
         * Reads the configuration of an image. Its base may come from anywhere, so a line end in it must not become an
         * instruction.
         *
         * @param findings gets RB189 for variables that a Dockerfile cannot set
         */
        static ImageSettings of(String service, JsonValue config, Findings findings) throws IOException {
            Optional<JsonValue> command = config.find("Cmd");
            Optional<JsonValue> signal = config.find("StopSignal");
            List<String> env = new ArrayList<>();
            for (String variable : config.get("Env").strings()) {
                if (VARIABLE.matcher(variable).matches()) {
                    env.add(variable);
                } else {
                    String name = variable.split("[^A-Za-z0-9_]", 2)[0];
                    findings.add(Finding.warning(
                                    "RB189",
                                    "the variable " + name
                                            + " of the image is left out: its name or a line end in it cannot"
                                            + " stand in a Dockerfile")
                            .inService(service)
                            .fix("set it in the manifest, or take a base without it"));
                }
            }
            return new ImageSettings(
                    env,
                    command.isPresent() ? command.get().strings() : List.of(),
                    signal.isPresent() && SIGNAL.matcher(signal.get().string()).matches()
                            ? signal.get().string()
                            : "");
        }
    }

    Dockerfile {
        heading = List.copyOf(heading);
        buildPackages = List.copyOf(buildPackages);
        compiled = List.copyOf(compiled);
        packages = List.copyOf(packages);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        heading.forEach(
                line -> text.append(line.isEmpty() ? "#" : "# ").append(line).append('\n'));
        text.append("\nFROM ").append(from).append(" AS base\n");
        if (sources) {
            if (replaceSources) {
                text.append(Instruction.run(List.of("rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/*")));
            }
            text.append("COPY " + ExportSources.FOLDER + "/ /etc/apt/\n");
        }
        if (!wheels.isEmpty() || !buildWheels.isEmpty()) {
            wheels(text);
        }
        if (!compiled.isEmpty()) {
            build(text);
        }
        image(text);
        return text.toString();
    }

    /** pip is no part of the image, so its version changes nothing in it. */
    private void wheels(StringBuilder text) {
        text.append("\n# Python wheels, each with the digest that the lock has.\nFROM base AS wheels\n");
        text.append(apt(List.of("python3-pip")));
        if (!buildWheels.isEmpty()) {
            pip(text, buildWheels, TOOL_WHEELS);
        }
        if (!wheels.isEmpty()) {
            pip(text, wheels, ImageEnvironment.WHEELS);
        }
    }

    private static void pip(StringBuilder text, String file, String target) {
        text.append("COPY ").append(file).append(" /tmp/").append(file).append('\n');
        text.append(Instruction.run(
                List.of("python3 -m pip install --no-cache-dir --no-deps --no-compile --require-hashes --target "
                        + target + " --requirement /tmp/" + file)));
    }

    private void build(StringBuilder text) {
        text.append("\n# What compiles the workspace; nothing of it is in the image but what it installs.\n");
        text.append("FROM base AS build\n").append(apt(pinned(buildPackages)));
        if (!buildWheels.isEmpty()) {
            text.append("COPY --from=wheels ")
                    .append(TOOL_WHEELS)
                    .append(' ')
                    .append(TOOL_WHEELS)
                    .append('\n');
        }
        text.append("WORKDIR " + WORKSPACE + "\n");
        for (RosPackage one : compiled) {
            String folder = folder(one);
            text.append("COPY ")
                    .append(quoted(folder + "/", WORKSPACE + "/" + folder + "/"))
                    .append('\n');
        }
        List<String> commands = new ArrayList<>();
        SortedMap<String, String> environment = new TreeMap<>(variables);
        environment.put("SOURCE_DATE_EPOCH", Long.toString(Entry.EPOCH));
        environment.put("PYTHONHASHSEED", "0");
        environment.put("LANG", "C.UTF-8");
        environment.put("LC_ALL", "C.UTF-8");
        if (!buildWheels.isEmpty()) {
            environment.put("PYTHONPATH", TOOL_WHEELS);
        }
        environment.forEach((name, value) -> commands.add("export " + name + "=" + Instruction.word(value)));
        String underlay = "/opt/ros/" + rosDistro + "/setup.sh";
        commands.add("if [ -f " + underlay + " ]; then . " + underlay + "; fi");
        commands.addAll(colcon());
        text.append(Instruction.run(commands));
    }

    /** Packages that are compiled with the same arguments share a call, as long as the order allows it. */
    private List<String> colcon() {
        Map<Integer, ColconSettings.Arguments> arguments = new TreeMap<>();
        Map<Integer, List<String>> names = new TreeMap<>();
        int group = -1;
        for (RosPackage one : compiled) {
            ColconSettings.Arguments own =
                    settings.all().and(settings.packages().getOrDefault(one.name(), ColconSettings.Arguments.NONE));
            if (!own.equals(arguments.get(group))) {
                group++;
                arguments.put(group, own);
                names.put(group, new ArrayList<>());
            }
            names.getOrDefault(group, new ArrayList<>()).add(one.name());
        }
        List<String> calls = new ArrayList<>();
        arguments.forEach((number, own) -> calls.add(call(names.getOrDefault(number, List.of()), own)));
        return calls;
    }

    private static String call(List<String> packages, ColconSettings.Arguments own) {
        List<String> cmake = new ArrayList<>(CompileFlags.CMAKE);
        cmake.addAll(own.cmake());
        StringBuilder line = new StringBuilder("colcon build --base-paths " + WORKSPACE + "/src --build-base "
                + WORKSPACE + "/build --install-base " + WORKSPACE + "/install \\\n    --packages-select");
        packages.forEach(name -> line.append(' ').append(Instruction.word(name)));
        line.append(" \\\n    --cmake-args").append(words(cmake));
        if (!own.amentCmake().isEmpty()) {
            line.append(" \\\n    --ament-cmake-args").append(words(own.amentCmake()));
        }
        return line.toString();
    }

    /** colcon hands on what starts with a blank as it stands; else it would take some for its own. */
    private static String words(List<String> arguments) {
        return arguments.stream()
                .map(one -> " " + Instruction.word(one.startsWith("-") ? " " + one : one))
                .collect(Collectors.joining());
    }

    private void image(StringBuilder text) {
        text.append("\n# The image.\nFROM base\n");
        if (!packages.isEmpty()) {
            text.append(apt(pinned(packages)));
        }
        if (!wheels.isEmpty()) {
            text.append("COPY --from=wheels " + ImageEnvironment.WHEELS + " " + ImageEnvironment.WHEELS + "\n");
        }
        for (String name : trees) {
            String folder = ImageEnvironment.INSTALL + "/" + name;
            text.append("COPY --from=build ")
                    .append(folder)
                    .append(' ')
                    .append(folder)
                    .append('\n');
        }
        if (!files.isEmpty()) {
            text.append("COPY ").append(quoted(files + "/", "/")).append('\n');
        }
        text.append("WORKDIR " + WORKSPACE + "\n");
        if (!image.stopSignal().isEmpty()) {
            text.append("STOPSIGNAL ").append(image.stopSignal()).append('\n');
        }
        for (String variable : image.env()) {
            int equals = variable.indexOf('=');
            text.append("ENV ")
                    .append(variable, 0, equals + 1)
                    .append(Instruction.value(variable.substring(equals + 1)))
                    .append('\n');
        }
        // That of a base would start before the command.
        text.append("ENTRYPOINT []\nCMD ")
                .append(Instruction.list(image.command()))
                .append('\n');
    }

    private static String quoted(String source, String target) {
        return Instruction.list(List.of(source, target));
    }

    /** The folder of a package in the export, and below the workspace. */
    static String folder(RosPackage one) {
        return one.path().equals(".") ? "src/" + one.name() : "src/" + one.path();
    }

    private static List<String> pinned(Collection<LockedPackage> packages) {
        return packages.stream()
                .map(one -> one.name() + "=" + one.version())
                .sorted()
                .toList();
    }

    private static String apt(List<String> packages) {
        return Instruction.run(List.of(
                "apt-get update",
                "DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends --allow-downgrades \\\n    "
                        + packages.stream().map(Instruction::word).collect(Collectors.joining(" \\\n    ")),
                "rm -rf /var/lib/apt/lists/*"));
    }
}
