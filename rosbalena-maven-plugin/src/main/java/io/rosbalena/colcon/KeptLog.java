package io.rosbalena.colcon;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The log that colcon wrote of one package, kept for the user. */
final class KeptLog {
    private KeptLog() {}

    /**
     * Moves a package's log to where the user finds it.
     *
     * @param runs the folders that one verb of colcon logs in, for example {@code build_*}
     * @param kept where it is kept; what stands there is removed
     * @return {@code kept}; there is no file if colcon wrote none
     */
    static Path move(Scratch scratch, String runs, String name, Path kept) throws IOException {
        Files.createDirectories(kept.resolveSibling(""));
        Files.deleteIfExists(kept);
        // Not latest_build: that is a link, and a build could make it lead anywhere.
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(scratch.log(), runs)) {
            for (Path run : folders) {
                Path log = run.resolve(name).resolve("stdout_stderr.log");
                if (!Files.isSymbolicLink(run) && Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(log, kept, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return kept;
    }
}
