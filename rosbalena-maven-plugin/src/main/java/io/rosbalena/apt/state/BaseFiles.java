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
    };

    /** The content of a regular file by its absolute path; empty where there is none. */
    Optional<byte[]> read(String path) throws IOException;

    /** The names in a directory by its absolute path; empty where there is none. */
    List<String> list(String directory) throws IOException;
}
