package io.rosbalena.workspace.source;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.tree.FileNames;
import java.nio.file.Path;

/** Words for what may be wrong with the files of one package. */
final class SourceProblems {
    private static final String IGNORE_IT = "list it in " + IgnoreFile.NAME;

    private final Path project;
    private final String packageName;
    private final Findings findings;
    private long bags;
    private long bagBytes;

    SourceProblems(Path project, String packageName, Findings findings) {
        this.project = project;
        this.packageName = packageName;
        this.findings = findings;
    }

    void leadsOut(Path link, Path target) {
        add(
                Finding.error("RB020", "the link leads out of the project, to " + shown(target)),
                link,
                "copy the files into the project, or allow the folder with <sourceRoots>, or " + IGNORE_IT);
    }

    void leadsNowhere(Path link, String target) {
        add(
                Finding.warning("RB021", "the link leads nowhere (to " + target + "), so it is left out"),
                link,
                "correct it, or remove it, or " + IGNORE_IT);
    }

    void leadsToItself(Path link) {
        add(
                Finding.error("RB020", "the link leads to a folder that it stands in itself"),
                link,
                "let it lead to the files that are meant, or " + IGNORE_IT);
    }

    void notFetched(Path file) {
        add(
                Finding.error("RB024", "the file is a Git LFS pointer; its content was not fetched"),
                file,
                "run git lfs pull, or " + IGNORE_IT);
    }

    void emptySubmodule(Path folder) {
        add(
                Finding.error("RB022", "the git submodule is empty"),
                folder,
                "run git submodule update --init --recursive, or " + IGNORE_IT);
    }

    void notAFile(Path file) {
        add(Finding.warning("RB025", "neither a file nor a folder nor a link, so it is left out"), file, IGNORE_IT);
    }

    void notUnicode(Path file) {
        add(Finding.error("RB026", "the file's name is not UTF-8"), file, "rename it, or " + IGNORE_IT);
    }

    void notReadable(Path file) {
        add(Finding.error("RB006", "it cannot be read"), file, "give yourself the right to read it, or " + IGNORE_IT);
    }

    void bag(long size) {
        bags++;
        bagBytes += size;
    }

    /** Tells once what was left out by default. */
    void finish(Path root) {
        if (bags > 0) {
            findings.add(Finding.note(
                            "RB023",
                            bags + (bags == 1 ? " recording is" : " recordings are") + " left out (" + bagBytes
                                    + " bytes; *.mcap, *.db3, *.bag)")
                    .fix("a line !*.mcap in " + IgnoreFile.NAME + " takes them in")
                    .at(shown(root))
                    .inPackage(packageName));
        }
    }

    private void add(Finding finding, Path at, String fix) {
        findings.add(finding.fix(fix).at(shown(at)).inPackage(packageName));
    }

    private String shown(Path path) {
        return FileNames.text(path.startsWith(project) ? project.relativize(path) : path);
    }
}
