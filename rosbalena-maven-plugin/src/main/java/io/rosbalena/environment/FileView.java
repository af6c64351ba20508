package io.rosbalena.environment;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What the evaluation asks of a file system that is not this machine's: an image put together in memory, or a root on
 * disk. Paths are absolute, as the running system would name them; links are followed.
 */
public interface FileView {
    /** Whether something stands at this path; a dangling link does not count. */
    boolean exists(String path);

    /** Whether a regular file stands at this path. */
    boolean isFile(String path);

    /** Sorted names in a directory; empty if there is no such directory. */
    List<String> list(String directory) throws IOException;

    /** The bytes of a regular file; empty if there is none. */
    Optional<byte[]> read(String path) throws IOException;
}
