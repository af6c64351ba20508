package io.rosbalena.robot.service;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.FileNames;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * A file of the project that is read from the disk each time, as it may be larger than memory: weights of a network, a map.
 * Who writes to it between two readings would give the image other bytes than the build stands for; that is told.
 *
 * @param size bytes when it was first looked at
 * @param written when it was last written then
 */
record LargeFile(Path file, long size, FileTime written) implements Content {
    /** Smaller ones are kept. */
    static final long SMALLEST = 4 << 20;

    static LargeFile of(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new LargeFile(file, now.size(), now.lastModifiedTime());
    }

    @Override
    public InputStream open() throws IOException {
        if (!of(file).equals(this)) {
            throw FindingException.input(
                    Finding.error("RB717", FileNames.name(file) + " was written while the robot was built")
                            .fix("build again when whoever writes " + FileNames.text(file) + " is done"));
        }
        return new BufferedInputStream(Files.newInputStream(file));
    }
}
