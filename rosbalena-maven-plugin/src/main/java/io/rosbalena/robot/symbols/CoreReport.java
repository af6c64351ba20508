package io.rosbalena.robot.symbols;

import io.rosbalena.image.OciLayout;
import io.rosbalena.image.Platform;
import io.rosbalena.robot.project.Platforms;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.symbols.CoreDump;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is said of a core dump.
 *
 * @param image that the process ran in, where one of the last build is it
 * @param root where the process's files stand for a debugger
 */
record CoreReport(RobotProject project, CoreDump dump, Path core, Optional<OciLayout.Entry> image, Path root) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,-]+");

    List<String> lines(List<NeededFile> needed) {
        List<String> lines = new ArrayList<>();
        lines.add("the program was " + dump.program().orElse("not told by the core"));
        lines.add(image.map(found -> "it ran in the image of the service " + found.name() + " for " + found.platform())
                .orElse("no image in target/rosbalena/images holds it as it was: build the release that it ran in, and"
                        + " ask again"));
        for (NeededFile file : needed) {
            lines.add(file.path());
            lines.add("    " + file.packageName().map(name -> name + ", ").orElse("")
                    + file.id().map(id -> "build id " + id).orElse("no build id")
                    + (file.own() || file.debug().isPresent() ? ", " + debug(file) : ""));
        }
        lines.add("to look into it:");
        lines.add("    " + command());
        return lines.stream().map(CoreReport::printable).toList();
    }

    private String debug(NeededFile file) {
        return file.debug()
                .map(debug -> "debug file " + project.files().show(debug))
                .orElse("its debug file is not in the archive");
    }

    private String command() {
        Path usr = root.resolve("usr/lib/debug");
        List<String> words = new ArrayList<>(List.of(
                isOfThisMachine() ? "gdb" : "gdb-multiarch",
                "-iex",
                "set sysroot " + root,
                "-iex",
                "set debug-file-directory " + usr + ":/usr/lib/debug"));
        dump.program()
                .map(path -> root.resolve(path.replaceFirst("^/+", "")).normalize())
                .filter(program -> program.startsWith(root) && Files.isRegularFile(program, LinkOption.NOFOLLOW_LINKS))
                .ifPresent(program -> words.add(program.toString()));
        words.add(core.toString());
        StringBuilder line = new StringBuilder();
        words.forEach(word -> line.append(line.isEmpty() ? "" : " ").append(quoted(word)));
        return line.toString();
    }

    private boolean isOfThisMachine() {
        return Platforms.ofThisMachine().map(Platform::architecture).equals(CrashedImage.architecture(dump));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** A core may hold names that would steer a terminal. */
    private static String printable(String line) {
        StringBuilder safe = new StringBuilder();
        line.codePoints().forEach(c -> safe.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return safe.toString();
    }
}
