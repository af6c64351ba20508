package io.rosbalena.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A signed archive of empty packages with the names that a ROS workspace asks for: the real ones are many gigabytes,
 * and what they hold plays no part where only their names and versions are resolved.
 *
 * @param folder the archive
 * @param keyring the key that it is signed with
 */
record RosArchive(Path folder, Path keyring) {
    private static final Set<String> BASE = Set.of("apt", "base-files");

    /** Makes it with Debian's own tools. */
    static RosArchive of(Workplace workplace, Collection<String> names) throws IOException, InterruptedException {
        Path folder = workplace.empty("ros-archive");
        Files.createDirectories(folder.resolve("pool"));
        Set<String> all = new TreeSet<>(BASE);
        all.addAll(names);
        for (String name : all) {
            deb(folder, name);
        }
        Path index = Files.createDirectories(folder.resolve("dists/jammy/main/binary-" + Robots.architecture()));
        new Command("sh", "-c", "apt-ftparchive packages pool >" + index.resolve("Packages"))
                .in(folder)
                .run();
        Path suite = folder.resolve("dists/jammy");
        List<String> release = new ArrayList<>();
        for (String field : List.of(
                "Origin=Ubuntu",
                "Label=Ubuntu",
                "Suite=jammy",
                "Codename=jammy",
                "Architectures=" + Robots.architecture(),
                "Components=main")) {
            release.add("-o APT::FTPArchive::Release::" + field);
        }
        new Command(
                        "sh",
                        "-c",
                        "apt-ftparchive " + String.join(" ", release)
                                + " release . >Release.new && mv Release.new Release")
                .in(suite)
                .run();
        return new RosArchive(folder, sign(workplace, suite));
    }

    private static void deb(Path folder, String name) throws IOException, InterruptedException {
        Path tree = Files.createTempDirectory(folder, "deb");
        Files.writeString(
                Files.createDirectories(tree.resolve("DEBIAN")).resolve("control"),
                String.join(
                        "\n",
                        "Package: " + name,
                        "Version: 1.0-1",
                        "Architecture: " + Robots.architecture(),
                        "Essential: " + (name.equals("base-files") ? "yes" : "no"),
                        "Maintainer: Nobody <nobody@example.org>",
                        "Description: an empty package",
                        ""));
        new Command("dpkg-deb", "--root-owner-group", "-Zgzip", "-b", tree.toString(), "pool/")
                .in(folder)
                .run();
    }

    private static Path sign(Workplace workplace, Path suite) throws IOException, InterruptedException {
        Path home = workplace.empty("gnupg");
        new Command("chmod", "700", home.toString()).run();
        List<String> gpg =
                List.of("gpg", "--homedir", home.toString(), "--batch", "--yes", "--pinentry-mode", "loopback");
        run(suite, gpg, "--passphrase", "", "--quick-generate-key", "bench", "ed25519", "sign", "1d");
        run(suite, gpg, "--clearsign", "--output", "InRelease", "Release");
        Path keyring = home.resolve("bench.gpg");
        run(suite, gpg, "--output", keyring.toString(), "--export", "bench");
        return keyring;
    }

    private static void run(Path folder, List<String> gpg, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(gpg);
        command.addAll(List.of(arguments));
        new Command(command).in(folder).run();
    }

    /** What names it to apt, as deb822. */
    String source() {
        return "Types: deb\nURIs: " + folder.toUri() + "\nSuites: jammy\nComponents: main\nSigned-By: " + keyring
                + "\n";
    }
}
