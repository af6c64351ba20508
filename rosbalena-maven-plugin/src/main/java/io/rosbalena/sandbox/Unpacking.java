package io.rosbalena.sandbox;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.FileFinding;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes files from an archive by piping it into {@code tar -x}, which never writes outside its directory; this process
 * never creates a file from an archive's name.
 */
public final class Unpacking {
    private Unpacking() {}

    /**
     * Unpacks one tar archive into an empty directory. Permissions and times are kept.
     *
     * @param options more options of GNU tar, for example {@code --no-same-owner}
     * @throws FindingException RB331 if tar refuses it, RB740 if the disk is full
     */
    public static void unpack(TarSource source, Path directory, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Tool.require("tar", "tar").toString(),
                "--extract",
                "--preserve-permissions",
                "--numeric-owner",
                "--delay-directory-restore",
                "--warning=no-timestamp",
                "--file=-",
                "--directory=" + directory));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        builder.environment().remove("TAR_OPTIONS");
        Process tar = builder.start();
        List<String> said = new ArrayList<>();
        Lines lines = Lines.read(tar.getInputStream(), line -> {
            if (said.size() < 20) {
                said.add(line);
            }
        });
        IOException broken = null;
        try {
            try (OutputStream out = new BufferedOutputStream(tar.getOutputStream(), 1 << 16)) {
                source.writeTo(out);
            } catch (IOException e) {
                broken = e;
            }
            int status = tar.waitFor();
            lines.await();
            if (status != 0) {
                throw refused(directory, said, broken);
            }
        } finally {
            // Whoever removes the directory afterwards must be alone there.
            tar.destroyForcibly().onExit().join();
        }
        if (broken != null) {
            throw broken;
        }
    }

    private static RuntimeException refused(Path directory, List<String> said, @Nullable IOException broken)
            throws IOException {
        boolean full = said.stream().anyMatch(FileFinding::isFull);
        // Where the source failed by itself, tar only complains of the archive's sudden end.
        if (broken != null && !full && !"Broken pipe".equals(broken.getMessage())) {
            throw broken;
        }
        Finding finding = full
                ? FileFinding.full(directory)
                : Finding.error(
                                "RB331",
                                "cannot unpack files into " + directory + ": tar says " + String.join("; ", said))
                        .fix(
                                "Check that the disk is healthy and writable; mvn rosbalena:clean-store removes what the store"
                                        + " holds.");
        return broken == null ? FindingException.environment(finding) : FindingException.environment(finding, broken);
    }
}
