package io.rosbalena.apt.deb;

import io.rosbalena.RealTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Builds packages with the real dpkg-deb. */
public final class SmallDeb {
    private final Path root;
    private final Path debian;
    private String compression = "xz";

    /** A package to be built from a new directory; skips the test where dpkg-deb is missing. */
    public SmallDeb(Path directory, String control) throws IOException {
        RealTool.require("dpkg-deb");
        root = Files.createTempDirectory(directory, "root");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        debian = Files.createDirectory(root.resolve("DEBIAN"));
        control("control", control);
    }

    /** A package with the fields that every package has. */
    public static SmallDeb named(Path directory, String name) throws IOException {
        return new SmallDeb(directory, """
                Package: %s
                Version: 1.0-1
                Architecture: all
                Maintainer: A Person <person@example.org>
                Description: a package
                """.formatted(name));
    }

    public SmallDeb control(String member, String text) throws IOException {
        Path file = Files.writeString(debian.resolve(member), text);
        boolean script = ControlArchive.SCRIPTS.contains(member);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(script ? "rwxr-xr-x" : "rw-r--r--"));
        return this;
    }

    public SmallDeb file(String path, String text) throws IOException {
        Files.writeString(parent(path), text);
        return this;
    }

    public SmallDeb bytes(String path, byte[] bytes) throws IOException {
        Files.write(parent(path), bytes);
        return this;
    }

    public SmallDeb symlink(String path, String target) throws IOException {
        Files.createSymbolicLink(parent(path), Path.of(target));
        return this;
    }

    public SmallDeb hardlink(String path, String to) throws IOException {
        Files.createLink(parent(path), root.resolve(to));
        return this;
    }

    /** {@code xz}, {@code zstd}, {@code gzip} or {@code none}. */
    public SmallDeb compression(String name) {
        compression = name;
        return this;
    }

    /** Builds it beside its directory, files owned by root. */
    public Path build() throws IOException {
        Path deb = Path.of(root + ".deb");
        RealTool.run(
                root.getParent(),
                "dpkg-deb",
                "--root-owner-group",
                "-Z" + compression,
                "--build",
                root.toString(),
                deb.toString());
        return deb;
    }

    private Path parent(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return file;
    }
}
