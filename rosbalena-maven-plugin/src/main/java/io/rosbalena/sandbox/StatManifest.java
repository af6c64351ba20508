package io.rosbalena.sandbox;

import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A digest over the names, kinds, permissions, sizes and modification times of a directory tree, without reading a
 * file. Finds what was removed, added, cut short by a lost disk cache, or edited; takes about 5 µs a file.
 */
final class StatManifest {
    private final MessageDigest sha = Digest.start();

    private StatManifest() {}

    static Digest of(Path directory) throws IOException {
        StatManifest manifest = new StatManifest();
        manifest.add(directory);
        return Digest.from(manifest.sha);
    }

    private void add(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        }
        children.sort(Comparator.naturalOrder());
        for (Path child : children) {
            PosixFileAttributes attributes =
                    Files.readAttributes(child, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            line(child, attributes);
            if (attributes.isDirectory()) {
                add(child);
                sha.update((byte) '/');
            }
        }
    }

    private void line(Path child, PosixFileAttributes attributes) {
        String mode = PosixFilePermissions.toString(attributes.permissions());
        StringBuilder line = new StringBuilder(64).append(child.getFileName()).append('\0');
        if (attributes.isDirectory()) {
            // A directory's size and time depend on the file system and on mounts made over what it holds.
            line.append('d').append(mode);
        } else {
            line.append(attributes.isSymbolicLink() ? 'l' : attributes.isRegularFile() ? 'f' : 'o')
                    .append(mode)
                    .append(' ')
                    .append(attributes.size())
                    .append(' ')
                    .append(attributes.lastModifiedTime().toMillis());
        }
        sha.update(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }
}
