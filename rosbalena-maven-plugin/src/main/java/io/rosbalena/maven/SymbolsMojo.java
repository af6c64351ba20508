package io.rosbalena.maven;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.robot.symbols.CoreSymbols;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a core dump from a robot which programs and libraries it needs, of which packages they are and where their
 * debug files stand, and how a debugger is started with them. Builds nothing: it reads what the last build left in
 * {@code target/rosbalena}, and puts what the core needs into {@code target/rosbalena/symbols}.
 */
@Mojo(name = "symbols", threadSafe = true)
public final class SymbolsMojo extends RobotMojo {
    /** The core dump, whole and not compressed. */
    @Parameter(property = "core")
    private @Nullable File core;

    /**
     * An archive of debug files, the artifact of the classifier {@code debug} that a release was deployed with, in place
     * of those of the last build.
     */
    @Parameter(property = "rosbalena.symbols.archive")
    private @Nullable File archive;

    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException {
        if (core == null) {
            throw FindingException.input(Finding.error("RB423", "which core dump is meant was not said")
                    .fix("mvn rosbalena:symbols -Dcore=FILE"));
        }
        CoreSymbols.of(
                        robot,
                        surroundings,
                        absolute(core),
                        Optional.ofNullable(archive).map(SymbolsMojo::absolute))
                .forEach(line -> getLog().info(line));
    }

    private static Path absolute(File file) {
        return file.toPath().toAbsolutePath().normalize();
    }
}
