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
import org.apache.maven.plugin.logging.Log;

/**
 * How a goal ends that cannot go on. Maven prints the findings; a stack trace appears with {@code -e}, and everything
 * that was thrown with {@code -X}.
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
    static void of(Work work, List<Path> places, Log log) throws MojoExecutionException, MojoFailureException {
        FindingException told;
        Exception thrown;
        try {
            work.perform();
            return;
        } catch (FindingException e) {
            told = e;
            thrown = e;
        } catch (InterruptedIOException e) {
            throw interrupted(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (InvalidPathException e) {
            told = FileFinding.of(e);
            thrown = e;
        } catch (UncheckedIOException e) {
            told = FileFinding.of(new IOException(e), places);
            thrown = e;
        } catch (IOException e) {
            told = FileFinding.of(e, places);
            thrown = e;
        }
        log.debug(thrown);
        String message = "\n" + told.getMessage();
        if (told.kind() == FindingException.Kind.INPUT) {
            throw new MojoFailureException(message, withoutCause(told, thrown));
        }
        throw new MojoExecutionException(message, withoutCause(told, thrown));
    }

    private static MojoExecutionException interrupted(Exception thrown) {
        return new MojoExecutionException(
                "interrupted; the store is in order and the next build goes on from here", thrown);
    }

    /** Maven prints the messages of all causes behind ours, which says everything already. */
    private static FindingException withoutCause(FindingException told, Exception thrown) {
        FindingException alone = new FindingException(told.kind(), told.findings());
        alone.setStackTrace(thrown.getStackTrace());
        return alone;
    }
}
