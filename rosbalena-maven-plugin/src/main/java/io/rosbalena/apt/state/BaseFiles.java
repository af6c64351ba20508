package io.rosbalena.apt.state;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What stands below the packages that are added: the files of a base image, links followed. */
public interface BaseFiles {
    /** Nothing: the system is assembled from packages alone. */
    BaseFiles NONE = new BaseFiles() {
        @Override
        public Optional<byte[]> read(String path) {
            return Optional.empty();
        }

        @Override
        public List<String> list(String directory) {
            return List.of();
        }

        @Override
        public Optional<FileFact> find(String path) {
            return Optional.empty();
        }
    };

    /** The content of a regular file by its absolute path; empty where there is none. */
    Optional<byte[]> read(String path) throws IOException;

    /** The names in a directory by its absolute path; empty where there is none. */
    List<String> list(String directory) throws IOException;

    /** What stands at an absolute path, with the place where it really stands: a link at the path's end is told as it is. */
    Optional<FileFact> find(String path);
}
