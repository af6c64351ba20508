package io.rosbalena.apt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * A small Debian archive in a folder, made by Debian's own tools: {@code dpkg-deb}, {@code apt-ftparchive} and
 * {@code gpg}, signed by a throw-away key.
 */
public final class ArchiveOnDisk {
    private final Path root;
    private final Path keys;
    private final String suite;

    private ArchiveOnDisk(Path root, Path keys, String suite) {
        this.root = root;
        this.keys = keys;
        this.suite = suite;
    }

    /** An empty archive with a suite {@code test} and a component {@code main}. */
    public static ArchiveOnDisk in(Path folder) throws IOException {
        for (String tool : List.of("dpkg-deb", "apt-ftparchive", "gpg", "xz")) {
            Assumptions.assumeTrue(
                    Files.isExecutable(Path.of("/usr/bin", tool)), () -> "skipped: " + tool + " is not installed");
        }
        Path keys = Files.createDirectories(folder.resolve("gnupg"));
        keys.toFile().setReadable(false, false);
        keys.toFile().setReadable(true, true);
        keys.toFile().setExecutable(false, false);
        keys.toFile().setExecutable(true, true);
        ArchiveOnDisk archive = new ArchiveOnDisk(folder.resolve("archive"), keys, "test");
        Files.createDirectories(archive.root.resolve("pool"));
        return archive;
    }

    public Path root() {
        return root;
    }

    public URI uri() {
        return root.toUri();
    }

    /** The folder of the suite, with its Release file. */
    public Path dists() {
        return root.resolve("dists").resolve(suite);
    }

    /** Makes a package whose control file has these lines besides Package, Version, Architecture and so on. */
    public ArchiveOnDisk deb(String name, String version, String architecture, String... lines) throws IOException {
        return debWith(Map.of(), name, version, architecture, lines);
    }

    /** The same with these files, by path in the package; scripts stand in {@code DEBIAN}, programs in a {@code bin}. */
    public ArchiveOnDisk debWith(
            Map<String, String> files, String name, String version, String architecture, String... lines)
            throws IOException {
        Path tree = Files.createTempDirectory(root, "deb");
        Path doc = Files.createDirectories(tree.resolve("usr/share/doc").resolve(name));
        Files.writeString(doc.resolve("copyright"), "free\n");
        return build(tree, files, name, version, architecture, lines);
    }

    /** The same with one file of this machine. */
    public ArchiveOnDisk debWith(Path program, String path, String name, String version) throws IOException {
        Path tree = Files.createTempDirectory(root, "deb");
        Path copy = tree.resolve(path);
        Files.createDirectories(copy.getParent());
        Files.copy(program, copy);
        return build(tree, Map.of(), name, version, "amd64");
    }

    /** A package for amd64 whose documentation is a link to that of another one. */
    public ArchiveOnDisk linked(String name, String version, String other, String... lines) throws IOException {
        Path tree = Files.createTempDirectory(root, "deb");
        Path docs = Files.createDirectories(tree.resolve("usr/share/doc"));
        Files.createSymbolicLink(docs.resolve(name), Path.of(other));
        return build(tree, Map.of(), name, version, "amd64", lines);
    }

    private ArchiveOnDisk build(
            Path tree, Map<String, String> files, String name, String version, String architecture, String... lines)
            throws IOException {
        Path debian = Files.createDirectories(tree.resolve("DEBIAN"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = tree.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (path.startsWith(debian) || path.getParent().endsWith("bin")) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        List<String> control = new ArrayList<>(List.of(
                "Package: " + name,
                "Version: " + version,
                "Architecture: " + architecture,
                "Maintainer: Nobody <nobody@example.org>",
                "Description: a test package"));
        control.addAll(List.of(lines));
        Files.writeString(debian.resolve("control"), String.join("\n", control) + "\n");
        run(root, "dpkg-deb", "--root-owner-group", "-Zxz", "-b", tree.toString(), "pool/");
        return this;
    }

    /** A new key of this name that lasts so long, for example {@code 1y}; the first one made is the default. */
    public ArchiveOnDisk key(String name, String expires, String... more) throws IOException {
        List<String> command = gpg("--passphrase", "", "--quick-generate-key", name, "ed25519", "sign", expires);
        command.addAll(1, List.of(more));
        run(root, command.toArray(String[]::new));
        return this;
    }

    /** Writes the public keys of these names to a file, armoured if its name ends with {@code .asc}. */
    public Path export(Path file, String... names) throws IOException {
        List<String> command = gpg("--output", file.toString(), "--export");
        if (file.toString().endsWith(".asc")) {
            command.add(1, "--armor");
        }
        command.addAll(List.of(names));
        run(root, command.toArray(String[]::new));
        return file;
    }

    /** Runs gpg on the archive's own keys. */
    public String gpgRun(String... arguments) throws IOException {
        return run(root, gpg(arguments).toArray(String[]::new));
    }

    private List<String> gpg(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("gpg", "--homedir", keys.toString(), "--batch", "--yes", "--pinentry-mode", "loopback"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Writes the indexes for amd64 and arm64, plain, {@code .gz} and {@code .xz}. */
    public ArchiveOnDisk index() throws IOException {
        for (String architecture : List.of("amd64", "arm64")) {
            Path folder = Files.createDirectories(dists().resolve("main/binary-" + architecture));
            String packages = run(root, "apt-ftparchive", "-a", architecture, "packages", "pool");
            Files.writeString(folder.resolve("Packages"), packages);
            run(folder, "gzip", "-9nk", "-f", "Packages");
            run(folder, "xz", "-k", "-f", "Packages");
        }
        return this;
    }

    /** Writes the Release file with these options of apt-ftparchive besides or instead of the usual ones. */
    public ArchiveOnDisk release(Map<String, String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of("apt-ftparchive"));
        Map<String, String> all = new java.util.TreeMap<>(Map.of(
                "Origin", "Test",
                "Label", "Test-Label",
                "Suite", suite,
                "Codename", suite,
                "Architectures", "amd64 arm64",
                "Components", "main"));
        all.putAll(options);
        all.forEach((name, value) -> {
            command.add("-o");
            command.add("APT::FTPArchive::Release::" + name + "=" + value);
        });
        command.addAll(List.of("release", "."));
        Files.deleteIfExists(dists().resolve("InRelease"));
        Files.deleteIfExists(dists().resolve("Release"));
        Files.writeString(dists().resolve("Release"), run(dists(), command.toArray(String[]::new)));
        return this;
    }

    /** Signs the Release file as it is with the keys of these names. */
    public ArchiveOnDisk sign(String... names) throws IOException {
        return signWith(List.of(), names);
    }

    /** The same with options of gpg. */
    public ArchiveOnDisk signWith(List<String> options, String... names) throws IOException {
        List<String> command =
                gpg("--clearsign", "--output", dists().resolve("InRelease").toString());
        for (String name : names) {
            command.addAll(command.indexOf("--clearsign"), List.of("--local-user", name));
        }
        command.addAll(1, options);
        command.add(dists().resolve("Release").toString());
        run(root, command.toArray(String[]::new));
        return this;
    }

    /** Adds to a file below the suite. */
    public void append(String file, String text) throws IOException {
        Files.writeString(dists().resolve(file), text, StandardOpenOption.APPEND);
    }

    private static String run(Path folder, String... command) throws IOException {
        Path errors = Files.createTempFile("archive", ".err");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + Files.readString(errors));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(errors);
        }
        return output;
    }
}
