package io.rosbalena.robot.base;

import io.rosbalena.apt.source.AptFiles;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.source.AptSourceReader;
import io.rosbalena.apt.source.Keyring;
import io.rosbalena.apt.source.MachineSources;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The apt sources that a project names, or those of this machine where it names none. */
public final class ProjectSources {
    private ProjectSources() {}

    /**
     * Reads the sources of a project.
     *
     * @return those of the POM; of this machine, if the POM has none
     * @throws io.rosbalena.finding.FindingException with everything that is wrong with them
     */
    static List<AptSource> read(RobotProject project) throws IOException {
        Findings findings = new Findings();
        List<AptSource> sources = project.apt().sources().isEmpty() ? machine(findings) : named(project, findings);
        findings.throwIfErrors();
        return sources;
    }

    /** The sources of the POM; none if it has none. */
    public static List<AptSource> named(RobotProject project, Findings findings) throws IOException {
        AptFiles files = new WithKeyrings(
                AptFiles.ofProject(project.files().directory()), project.apt().keyrings());
        AptSourceReader reader = new AptSourceReader(files, AptSource.ThirdParties.USE, findings);
        List<AptSource> sources = new ArrayList<>();
        int number = 0;
        for (String given : project.apt().sources()) {
            number++;
            String text = given.strip();
            if (text.startsWith("deb ")
                    || text.startsWith("deb [")
                    || text.contains("\n")
                    || text.startsWith("Types:")) {
                sources.addAll(reader.read("pom.xml, aptSources " + number, undented(given)));
                continue;
            }
            Path file = FileNames.resolve(project.files().directory(), text);
            if (!Files.isRegularFile(file)) {
                findings.add(Finding.error("RB709", "there is no file of apt sources " + text)
                        .at("pom.xml")
                        .fix("correct <aptSources>: files in deb822 or one-line form, or such text itself"));
                continue;
            }
            sources.addAll(reader.read(project.files().show(file), Files.readString(file, StandardCharsets.UTF_8)));
        }
        return sources;
    }

    /** The keyrings of the POM. */
    static Keyring keyring(RobotProject project) throws IOException {
        AptFiles files = AptFiles.ofProject(project.files().directory());
        List<Keyring.KeyFile> keys = new ArrayList<>();
        for (String name : project.apt().keyrings()) {
            files.find(name).ifPresent(content -> keys.add(new Keyring.KeyFile(name, content)));
        }
        return new Keyring(keys, List.of());
    }

    private static List<AptSource> machine(Findings findings) throws IOException {
        List<AptSource> sources = MachineSources.read(Path.of("/"), findings);
        if (sources.isEmpty()) {
            findings.add(Finding.error("RB710", "this machine has no apt sources to assemble a base from")
                    .at("pom.xml")
                    .fix("name them with <aptSources> and their keys with <keyrings>"));
        }
        return sources;
    }

    /** Text in a POM is indented as its element is. */
    private static String undented(String text) {
        return text.replace("\r\n", "\n").stripIndent().strip() + "\n";
    }

    /** The keyrings of the POM stand where apt's own trusted keys would: they count for sources without Signed-By. */
    private record WithKeyrings(AptFiles files, List<String> keyrings) implements AptFiles {
        private static final String TRUSTED = "/etc/apt/trusted.gpg";

        @Override
        public Optional<Content> find(String path) throws IOException {
            if (path.startsWith(TRUSTED + ".d/")) {
                return files.find(keyrings.get(Integer.parseInt(path.replaceAll("\\D", ""))));
            }
            return path.equals(TRUSTED) ? Optional.empty() : files.find(path);
        }

        @Override
        public List<String> list(String folder) throws IOException {
            if (!folder.equals(TRUSTED + ".d")) {
                return files.list(folder);
            }
            List<String> names = new ArrayList<>();
            for (int i = 0; i < keyrings.size(); i++) {
                names.add(TRUSTED + ".d/" + i + ".gpg");
            }
            return names;
        }
    }
}
