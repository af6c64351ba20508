package io.rosbalena.workspace;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Python project without a ROS manifest. colcon runs its {@code setup.py} to learn the name; here nothing of the
 * workspace is run outside the build root, so the name must stand there as a literal.
 */
final class PythonProject {
    private static final String SCRIPT = "setup.py";
    private static final Pattern NAME = Pattern.compile("name\\s*+[=:]\\s*+(\\S++)\\s*+");
    private static final Pattern LITERAL = Pattern.compile("\\bname\\s*+=\\s*+(['\"])([^'\"\n]++)\\1");
    private static final Pattern VARIABLE = Pattern.compile("\\bname\\s*+=\\s*+([A-Za-z_][A-Za-z0-9_]*+)\\s*+[,)]");

    private final PackageFolder folder;
    private final Findings findings;

    PythonProject(PackageFolder folder, Findings findings) {
        this.folder = folder;
        this.findings = findings;
    }

    /** The project if {@code setup.py} leaves everything to {@code setup.cfg}. */
    Optional<RosPackage> readConfiguration() throws IOException {
        Path script = folder.resolve(SCRIPT);
        Path configuration = folder.resolve("setup.cfg");
        if (!Files.isRegularFile(script) || !Files.isRegularFile(configuration)) {
            return Optional.empty();
        }
        String text = SourceText.readLeniently(script);
        if (!text.contains("setup()") && !text.contains("setup(cmdclass=cmdclass)")) {
            return Optional.empty();
        }
        return nameIn(SourceText.readLeniently(configuration).lines().toList()).map(this::named);
    }

    private static Optional<String> nameIn(List<String> configuration) {
        boolean metadata = false;
        for (String line : configuration) {
            if (line.startsWith("[")) {
                metadata = line.strip().equals("[metadata]");
            }
            Matcher name = NAME.matcher(line);
            if (metadata && name.matches()) {
                return Optional.of(name.group(1));
            }
        }
        return Optional.empty();
    }

    /** The project with the name that {@code setup.py} states. */
    Optional<RosPackage> readScript() throws IOException {
        Path script = folder.resolve(SCRIPT);
        if (!Files.isRegularFile(script)) {
            return Optional.empty();
        }
        Optional<String> name = nameIn(script);
        if (name.isEmpty()) {
            findings.add(Finding.warning("RB008", "the name of this Python project is not a literal in setup.py")
                    .fix("write the name as text, or add a package.xml, or a file COLCON_IGNORE if it is no package")
                    .at(folder.shown(SCRIPT)));
        }
        return name.map(this::named);
    }

    private static Optional<String> nameIn(Path script) throws IOException {
        String text = SourceText.readLeniently(script);
        Matcher literal = LITERAL.matcher(text);
        if (literal.find()) {
            return Optional.of(literal.group(2));
        }
        Matcher variable = VARIABLE.matcher(text);
        if (variable.find()) {
            Matcher assignment = Pattern.compile(
                            "(?m)^" + Pattern.quote(variable.group(1)) + "\\s*=\\s*(['\"])([^'\"\n]+)\\1")
                    .matcher(text);
            return assignment.find() ? Optional.of(assignment.group(2)) : Optional.empty();
        }
        return Optional.empty();
    }

    private RosPackage named(String name) {
        return new RosPackage(
                name,
                "python",
                folder.directory(),
                folder.path(),
                folder.shown(SCRIPT),
                Optional.empty(),
                List.of(),
                List.of(),
                Set.of(),
                Set.of());
    }
}
