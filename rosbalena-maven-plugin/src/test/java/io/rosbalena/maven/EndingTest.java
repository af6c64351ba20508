package io.rosbalena.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndingTest {
    private static final Log LOG = new SystemStreamLog() {
        @Override
        public void debug(Throwable thrown) {
            // Only for -X.
        }
    };

    @TempDir
    private Path folder;

    private void endsAsError(Ending.Work work, String... words) {
        assertThatExceptionOfType(MojoExecutionException.class)
                .isThrownBy(() -> Ending.of(work, List.of(folder), LOG))
                .satisfies(e -> assertThat(e.getMessage()).contains(words))
                .satisfies(e -> assertThat(e.getCause())
                        .hasMessage(e.getMessage().strip())
                        .hasNoCause());
    }

    @Test
    void whatTheUserCanMendIsAFailure() {
        Finding finding = Finding.error("RB001", "wrong").at("package.xml", 3).fix("mend it");
        assertThatExceptionOfType(MojoFailureException.class)
                .isThrownBy(() -> Ending.of(
                        () -> {
                            throw FindingException.input(finding);
                        },
                        List.of(),
                        LOG))
                .withMessage("\npackage.xml:3: error RB001 wrong\n    mend it");
    }

    @Test
    void theMessagesOfCausesAreNotPrintedBehindTheFinding() {
        endsAsError(
                () -> {
                    throw FindingException.environment(Finding.error("RB503", "no answer"), new IOException("noise"));
                },
                "RB503");
    }

    @Test
    void aFullDiskIsToldWithItsPlaceHoweverDeepItLies() {
        endsAsError(
                () -> {
                    throw new IOException(
                            "a layer", new FileSystemException(folder + "/tmp/x", null, "No space left on device"));
                },
                "error RB740 the disk of " + folder,
                "MB are free",
                "clean-store");
        endsAsError(
                () -> {
                    throw new IOException("No space left on device");
                },
                "error RB740 the disk of " + folder);
    }

    @Test
    void aFailedCopyIsNotBlamedOnWhatItRead() {
        endsAsError(
                () -> {
                    throw new FileSystemException("/read", folder + "/copy", "No space left on device");
                },
                "error RB740 the disk of " + folder);
    }

    @Test
    void aFileOfAnotherUserIsTold() {
        endsAsError(
                () -> {
                    throw new UncheckedIOException(new AccessDeniedException("/store/blobs"));
                },
                "error RB741 this user may not read or write /store/blobs");
    }

    @Test
    void aNameThatTheLocaleDoesNotKnowIsTold() {
        endsAsError(
                () -> {
                    throw new InvalidPathException("gr\u00fc\u00dfe", "unmappable");
                },
                "error RB744",
                "gr\u00fc\u00dfe",
                "LC_ALL=C.UTF-8");
    }
}
