package io.rosbalena.workspace.source;

import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Path;

/** Digests of files' contents; an implementation may remember those of files that have not changed since. */
@FunctionalInterface
public interface FileDigests {
    /** Reads every file. */
    FileDigests READING = Digest::of;

    /** The digest of a regular file's content. */
    Digest of(Path file) throws IOException;
}
