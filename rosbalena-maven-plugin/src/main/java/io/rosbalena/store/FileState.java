package io.rosbalena.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What {@code stat(2)} tells of a file, by which a change is noticed without reading it: size, inode, time of the last
 * write and of the last change of the inode, which no program can set.
 *
 * @param text all of it
 * @param touched when the file or its inode was changed last
 */
public record FileState(String text, Instant touched) {
    private static final long GRAIN_SECONDS = 3;
    private static final String TOLD = "unix";

    /** The state of a file; empty if its file system does not tell enough. */
    public static Optional<FileState> of(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains(TOLD)) {
            return Optional.empty();
        }
        Map<String, Object> attributes = Files.readAttributes(file, TOLD + ":size,ino,lastModifiedTime,ctime");
        FileTime written = time(attributes, "lastModifiedTime");
        FileTime changed = time(attributes, "ctime");
        return Optional.of(new FileState(
                attributes.get("size") + " " + attributes.get("ino") + " " + written.to(TimeUnit.NANOSECONDS) + " "
                        + changed.to(TimeUnit.NANOSECONDS),
                (written.compareTo(changed) < 0 ? changed : written).toInstant()));
    }

    private static FileTime time(Map<String, Object> attributes, String name) {
        if (attributes.get(name) instanceof FileTime time) {
            return time;
        }
        throw new IllegalStateException("the file system tells no " + name);
    }

    /**
     * Whether every later write would show. One within the clock's grain of the last would leave no trace.
     *
     * @param now when the state was read, or before
     */
    public boolean isSettled(Instant now) {
        return touched.isBefore(now.minusSeconds(GRAIN_SECONDS));
    }
}
