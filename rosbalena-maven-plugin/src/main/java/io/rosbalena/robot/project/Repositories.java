package io.rosbalena.robot.project;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.sandbox.Tool;
import io.rosbalena.tree.FileNames;
import io.rosbalena.yaml.Position;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlReader;
import io.rosbalena.yaml.YamlScalar;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The repositories that {@code .repos} files of a project list (vcstool), compared with what is checked out. They are
 * looked for in the project's folder and in the source directory; their paths are relative to the source directory, as
 * in {@code vcs import src < robot.repos}.
 */
final class Repositories {
    private final RobotProject.Files files;
    private final Findings findings;
    private final Optional<Tool> git = Tool.find("git");
    private final List<Repository> found = new ArrayList<>();

    private Repositories(RobotProject.Files files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    /** All of them, file by file; what is not as it is asked for is told in warnings. */
    static List<Repository> read(RobotProject.Files files, Findings findings) throws IOException, InterruptedException {
        Repositories repositories = new Repositories(files, findings);
        Set<Path> folders = new LinkedHashSet<>();
        folders.add(files.directory().normalize());
        folders.add(files.sources().normalize());
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                for (Path file : lists(folder)) {
                    repositories.readFile(file);
                }
            }
        }
        return repositories.found;
    }

    private static Iterable<Path> lists(Path folder) throws IOException {
        TreeSet<Path> lists = new TreeSet<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(
                folder, file -> FileNames.name(file).endsWith(".repos") && Files.isRegularFile(file))) {
            stream.forEach(lists::add);
        }
        return lists;
    }

    private void readFile(Path file) throws IOException, InterruptedException {
        String shown = files.show(file);
        Optional<YamlNode> root;
        try {
            root = YamlReader.read(shown, Files.readAllBytes(file));
        } catch (FindingException e) {
            findings.addAll(e.findings());
            return;
        }
        Optional<YamlMap> list = root.filter(YamlMap.class::isInstance)
                .flatMap(map -> ((YamlMap) map).find("repositories"))
                .filter(YamlMap.class::isInstance)
                .map(YamlMap.class::cast);
        if (list.isEmpty()) {
            findings.add(
                    Finding.warning("RB030", "the file has no mapping \"repositories\", so that nothing is compared")
                            .at(shown)
                            .fix("write it as vcs export prints it"));
            return;
        }
        for (var member : list.get().members().entrySet()) {
            Position place = member.getValue().key();
            if (member.getValue().value() instanceof YamlMap entry) {
                check(member.getKey(), entry, place, shown);
            } else {
                findings.add(place.place(Finding.warning("RB030", member.getKey() + " has no type, url and version")
                        .fix("write it as vcs export prints it")));
            }
        }
    }

    private void check(String path, YamlMap entry, Position place, String shown)
            throws IOException, InterruptedException {
        Path folder = FileNames.resolve(files.sources(), path).normalize();
        if (!folder.startsWith(files.sources().normalize())) {
            findings.add(place.place(Finding.warning("RB030", path + " leads out of the source directory")
                    .fix("write a path below " + files.show(files.sources()))));
            return;
        }
        Repository asked = new Repository(
                path,
                text(entry, "type").orElse("git"),
                withoutCredentials(text(entry, "url").orElse("")),
                text(entry, "version"),
                Optional.empty(),
                Optional.empty());
        if (!Files.isDirectory(folder)) {
            findings.add(place.place(
                    Finding.warning("RB027", "the repository " + path + " is not in " + files.show(files.sources()))
                            .fix("vcs import " + files.show(files.sources()) + " < " + shown)));
            found.add(asked);
        } else if (asked.type().equals("git")) {
            found.add(compare(asked, folder, place, shown));
        } else {
            found.add(asked);
        }
    }

    private Repository compare(Repository asked, Path folder, Position place, String shown)
            throws IOException, InterruptedException {
        Optional<GitCheckout> here = git.isPresent() && Files.exists(folder.resolve(".git"))
                ? GitCheckout.read(git.get(), folder)
                : Optional.empty();
        if (git.isEmpty() || here.isEmpty()) {
            findings.add(place.place(Finding.warning(
                            "RB031",
                            "which commit of " + asked.path() + " is there is not known: "
                                    + (git.isEmpty()
                                            ? "git is not installed"
                                            : "git does not take the folder for a checkout of yours"))
                    .fix(git.isEmpty() ? "install git" : "run git status in it")));
            return asked;
        }
        GitCheckout checkout = here.get();
        if (asked.version().isPresent()
                && !checkout.is(git.get(), folder, asked.version().get())) {
            findings.add(place.place(Finding.warning(
                            "RB028",
                            "the repository " + asked.path() + " stands at " + checkout.commit() + ", which is not the "
                                    + asked.version().get() + " that is asked for")
                    .fix("vcs import " + files.show(files.sources()) + " < " + shown + ", or vcs export --exact")));
        }
        if (checkout.dirty()) {
            findings.add(place.place(
                    Finding.warning("RB029", "the repository " + asked.path() + " has changes that no commit holds")
                            .fix("commit them, so that the release can be built again")));
        }
        return new Repository(
                asked.path(),
                asked.type(),
                asked.url(),
                asked.version(),
                Optional.of(checkout.commit()),
                Optional.of(checkout.dirty()));
    }

    private static Optional<String> text(YamlMap entry, String key) {
        return entry.find(key)
                .filter(YamlScalar.class::isInstance)
                .map(YamlScalar.class::cast)
                .filter(scalar -> !scalar.isNull())
                .map(YamlScalar::text);
    }

    private static String withoutCredentials(String url) {
        return url.replaceFirst("://[^/]*@", "://").replaceFirst("[?#].*", "");
    }
}
