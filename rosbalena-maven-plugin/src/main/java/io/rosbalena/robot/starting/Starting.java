package io.rosbalena.robot.starting;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.finding.Severity;
import io.rosbalena.lint.DeviceType;
import io.rosbalena.robot.linting.Linting;
import io.rosbalena.robot.project.Platforms;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Starting: an existing workspace or compose project gets what this plugin needs. Nothing that is there is changed. */
public final class Starting {
    private static final String COMPOSE = "docker-compose.yml";
    private static final List<String> OTHER_NAMES = List.of("docker-compose.yaml", "compose.yaml", "compose.yml");
    private static final String IGNORED = "target/";

    private final RobotProject project;
    private final StartRequest request;
    private final Surroundings surroundings;
    private final NewFiles files;

    private Starting(RobotProject project, StartRequest request, Surroundings surroundings) {
        this.project = project;
        this.request = request;
        this.surroundings = surroundings;
        this.files = new NewFiles(project.files());
    }

    /**
     * Writes what is missing, and says what must change in what is there.
     *
     * @return what was found, written and kept, and the next command
     * @throws io.rosbalena.finding.FindingException RB180 if there is nothing to start from, RB181 and RB182 if it is not
     *     known for which ROS or for which device; nothing is then written
     */
    public static List<String> start(RobotProject project, StartRequest request, Surroundings surroundings)
            throws IOException, InterruptedException {
        return new Starting(project, request, surroundings).start();
    }

    private List<String> start() throws IOException, InterruptedException {
        Findings findings = new Findings();
        Path compose = compose();
        Optional<SeenDistro> distro = DistroSearch.find(project, compose, request.shellDistro(), findings);
        target(findings);
        SourceFolder sources =
                SourceFolder.find(project, distro.map(SeenDistro::name).orElse("rolling"));
        if (sources.packages().isEmpty() && !Files.exists(compose)) {
            findings.add(Finding.error("RB180", "neither a package.xml nor a compose file stands here or below")
                    .fix("start it in the folder that holds the workspace's src, or begin a new robot:"
                            + " mvn archetype:generate -DarchetypeGroupId=io.rosbalena"
                            + " -DarchetypeArtifactId=rosbalena-archetype"));
        }
        findings.throwIfErrors();
        SeenDistro known = distro.orElseThrow();
        String from = project.target().from().orElse("ros:" + known.name() + "-ros-core");
        files.say("ROS " + known.name() + ", as " + known.where() + " says");
        files.say(
                sources.packages().size() == 1
                        ? "1 package in " + shown(sources.folder())
                        : sources.packages().size() + " packages in " + shown(sources.folder()));
        PomText pom = pom(known, from, sources, compose);
        files.add("pom.xml", pom.pom(), isThere -> keptPom(isThere, pom));
        compose(sources, compose);
        files.add(".gitignore", IGNORED + "\n", Starting::keptIgnore);
        files.add(
                ".mvn/jvm.config",
                options(),
                isThere -> isThere.equals(options()) ? Optional.of("is as it would be") : keptOptions());
        files.write();
        lint(
                new RobotProject.Files(
                        project.files().directory(),
                        sources.folder(),
                        compose,
                        project.files().lock(),
                        project.files().output(),
                        project.files().install()),
                new RobotProject.Target(
                        Optional.of(from),
                        Optional.of(known.name()),
                        project.target().deviceTypes(),
                        project.target().platforms(),
                        project.target().conditionVariables()));
        return files.said();
    }

    private Path compose() {
        Path named = project.files().compose();
        return Files.exists(named)
                ? named
                : OTHER_NAMES.stream()
                        .map(name -> project.files().directory().resolve(name))
                        .filter(Files::exists)
                        .findFirst()
                        .orElse(named);
    }

    private void target(Findings findings) {
        RobotProject.Target target = project.target();
        List<String> unknown = target.deviceTypes().stream()
                .filter(slug -> DeviceType.find(slug).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            findings.add(Finding.error("RB182", "no device type is called " + String.join(", ", unknown))
                    .fix("write a slug as balena has it: -Drosbalena.deviceTypes=raspberrypi5"));
        } else if (target.deviceTypes().isEmpty() && target.platforms().isEmpty()) {
            findings.add(Finding.error("RB182", "it is not said what the robot's computer is")
                    .fix(
                            "say it: -Drosbalena.deviceTypes=raspberrypi5 (or raspberrypi4-64, jetson-orin-nano-devkit-nvme,"
                                    + " generic-amd64, …), or -Drosbalena.platforms=linux/arm64"));
        } else {
            // Tells device types that no ROS runs on.
            Platforms.of(target);
        }
    }

    private PomText pom(SeenDistro distro, String from, SourceFolder sources, Path compose) {
        List<Map.Entry<String, String>> configuration = new ArrayList<>();
        configuration.add(Map.entry("from", from));
        if (!SeenDistro.inImage(from).equals(Optional.of(distro.name()))) {
            configuration.add(Map.entry("rosDistro", distro.name()));
        }
        RobotProject.Target target = project.target();
        if (!target.deviceTypes().isEmpty()) {
            configuration.add(Map.entry("deviceTypes", String.join(",", target.deviceTypes())));
        }
        if (!target.platforms().isEmpty()) {
            configuration.add(Map.entry("platforms", String.join(",", target.platforms())));
        }
        Path directory = project.files().directory();
        if (!sources.folder().equals(directory.resolve("src"))) {
            configuration.add(Map.entry(
                    "sourceDirectory",
                    sources.folder().equals(directory) ? "${project.basedir}" : shown(sources.folder())));
        }
        if (!compose.equals(directory.resolve(COMPOSE))) {
            configuration.add(Map.entry("composeFile", shown(compose)));
        }
        String artifactId = request.artifactId().orElseGet(() -> id(FileNames.name(directory)));
        return new PomText(request.groupId().orElse(artifactId), artifactId, request.pluginVersion(), configuration);
    }

    /** A name as Maven takes it. */
    private static String id(String folder) {
        String id = folder.replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
        return id.isEmpty() ? "robot" : id;
    }

    private static Optional<String> keptPom(String isThere, PomText pom) {
        return isThere.contains("<artifactId>rosbalena-maven-plugin</artifactId>")
                ? Optional.of("has the plugin already")
                : Optional.of("stays as it is; put this into its <build><plugins>:\n" + pom.snippet());
    }

    private static Optional<String> keptIgnore(String isThere) {
        boolean ignored = isThere.lines().map(String::strip).anyMatch(line -> line.matches("/?(\\*\\*/)?target/?"));
        return Optional.of(ignored ? "leaves out target already" : "stays as it is; add the line " + IGNORED);
    }

    private static Optional<String> keptOptions() {
        return Optional.of("stays as it is; these options let a build start faster:\n" + options());
    }

    private void compose(SourceFolder sources, Path compose) throws IOException {
        if (Files.exists(compose, LinkOption.NOFOLLOW_LINKS)) {
            files.say("kept " + shown(compose)
                    + ": it stays as it is; what must change in it, if anything, is said above");
            return;
        }
        SortedMap<String, StartedService> services = ServiceSearch.find(project.files(), sources.workspace());
        if (services.isEmpty()) {
            files.say(
                    "no " + shown(compose) + " is written: no package has a launch file or makes a program; without it"
                            + " one service, main, holds all packages");
            return;
        }
        files.say("services, one for each launch file and each package that starts alone: "
                + String.join(", ", services.keySet()));
        files.add(shown(compose), ComposeText.of(services.values()), isThere -> Optional.empty());
    }

    private void lint(RobotProject.Files written, RobotProject.Target target) throws IOException, InterruptedException {
        List<Finding> findings = Linting.lint(project.with(written, target), surroundings.store());
        findings.forEach(surroundings.console()::finding);
        files.say(
                findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR)
                        ? "next: mvn package"
                        : "next: mend what the errors above say; mvn rosbalena:lint tells what is left, mvn package builds");
    }

    private String shown(Path file) {
        String shown = project.files().show(file);
        return shown.isEmpty() ? "." : shown;
    }

    private static String options() {
        return Template.read("jvm.config");
    }
}
