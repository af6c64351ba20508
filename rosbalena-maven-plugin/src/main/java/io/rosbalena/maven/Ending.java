package io.rosbalena.maven;

import io.rosbalena.finding.FindingException;
import io.rosbalena.store.FileFinding;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/**
 * How a goal ends that cannot go on. Maven prints the findings; stack traces appear with {@code -e} only. What was thrown
 * is a suppressed exception, not the cause: of causes Maven prints every message behind ours.
 */
final class Ending {
    private Ending() {}

    /** The work of a goal. */
    @FunctionalInterface
    interface Work {
        void perform() throws IOException, InterruptedException, MojoExecutionException, MojoFailureException;
    }

    /**
     * Does the work of a goal.
     *
     * @param places the folders that the goal writes to
     * @throws MojoFailureException for what the user can mend in the project
     * @throws MojoExecutionException for what is wrong with the machine, the network or a server
     */
    static void of(Work work, List<Path> places) throws MojoExecutionException, MojoFailureException {
        try {
            work.perform();
        } catch (FindingException e) {
            throw refused(e, e);
        } catch (InterruptedIOException e) {
            throw interrupted(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (InvalidPathException e) {
            throw refused(FileFinding.of(e), e);
        } catch (UncheckedIOException e) {
            throw refused(FileFinding.of(e.getCause(), places), e);
        } catch (IOException e) {
            throw refused(FileFinding.of(e, places), e);
        }
    }

    private static MojoExecutionException refused(FindingException told, Exception thrown)
            throws MojoExecutionException, MojoFailureException {
        String message = "\n" + told.getMessage();
        if (told.kind() == FindingException.Kind.INPUT) {
            MojoFailureException failure = new MojoFailureException(message);
            failure.addSuppressed(thrown);
            throw failure;
        }
        return with(message, thrown);
    }

    private static MojoExecutionException interrupted(Exception thrown) {
        return with("interrupted; the store is in order and the next build goes on from here", thrown);
    }

    private static MojoExecutionException with(String message, Exception thrown) {
        MojoExecutionException error = new MojoExecutionException(message);
        error.addSuppressed(thrown);
        return error;
    }
}
