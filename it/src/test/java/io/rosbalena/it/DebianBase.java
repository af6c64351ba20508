package io.rosbalena.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Debian image that was not made by us: mmdebstrap installs it and runs its scripts, umoci packs it. Like most bases
 * it is older than the archive: it has what the release came with, while its sources name the updates too; and like many
 * it was made without manuals.
 */
final class DebianBase {
    static final String NAME = "debian";

    /** The same files for a processor that nobody asks for. */
    static final String OTHER = "other";

    private DebianBase() {}

    /** Makes the base in a folder; skips the test where that cannot be done. */
    static ImageFolder make(Path folder) throws IOException, InterruptedException {
        Program.require("mmdebstrap", "umoci", "skopeo", "tar");
        Path sources = Path.of("/etc/apt/sources.list.d");
        String suite = Program.of("sh", "-c", ". /etc/os-release; echo $VERSION_CODENAME")
                .output()
                .strip();
        Path release = Files.writeString(folder.resolve("older.sources"), release(sources, suite));
        Program.Result made = Program.of(
                        "mmdebstrap",
                        "--quiet",
                        "--variant=apt",
                        "--dpkgopt=path-exclude=/usr/share/man/*",
                        "--dpkgopt=path-exclude=/usr/share/doc/*",
                        "--dpkgopt=path-exclude=/usr/share/locale/*",
                        suite,
                        folder.resolve("root.tar"),
                        release)
                .environment("SOURCE_DATE_EPOCH", "946684800")
                .run();
        Assumptions.assumeTrue(
                made.status() == 0,
                () -> "skipped: no system could be made from this machine's apt sources: " + made.output());
        Path layout = folder.resolve("layout");
        String image = layout + ":" + NAME;
        Program.of("umoci", "init", "--layout", layout).output();
        Program.of("umoci", "new", "--image", image).output();
        Program.of("umoci", "raw", "add-layer", "--image", image, folder.resolve("root.tar"))
                .output();
        Program.of("umoci", "raw", "add-layer", "--image", image, sourcesLayer(folder, sources))
                .output();
        Program.of(
                        "umoci",
                        "config",
                        "--image",
                        image,
                        "--config.env",
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "--config.env",
                        "BASE=debian",
                        "--config.label",
                        "org.example.base=debian")
                .output();
        Program.of("umoci", "config", "--image", image, "--tag", OTHER, "--architecture", "riscv64")
                .output();
        return new ImageFolder(layout);
    }

    /** This machine's sources without the suites of updates. */
    private static String release(Path folder, String suite) throws IOException {
        List<String> stanzas = new ArrayList<>();
        for (Path file : files(folder)) {
            for (String stanza : Files.readString(file).split("\n\\s*\n")) {
                boolean names = Stream.of(stanza.split("\n", -1))
                        .filter(line -> line.startsWith("Suites:"))
                        .anyMatch(line -> List.of(line.split("\\s+")).contains(suite));
                if (names) {
                    stanzas.add(stanza.replaceAll("(?m)^Suites:.*$", "Suites: " + suite));
                }
            }
        }
        Assumptions.assumeFalse(
                stanzas.isEmpty(), "skipped: this machine's apt sources are not in deb822 form, or of another suite");
        return String.join("\n\n", stanzas) + "\n";
    }

    /** A layer that takes mmdebstrap's list of sources away and puts this machine's there. */
    private static Path sourcesLayer(Path folder, Path sources) throws IOException, InterruptedException {
        Path target = Files.createDirectories(folder.resolve("upper/etc/apt/sources.list.d"));
        for (Path file : files(sources)) {
            Files.copy(file, target.resolve(file.getFileName()));
        }
        Files.writeString(target.resolve(".wh.0000older.sources"), "");
        Path layer = folder.resolve("upper.tar");
        Program.of("tar", "--owner=0", "--group=0", "-cf", layer, "-C", folder.resolve("upper"), "etc")
                .output();
        return layer;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sources"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
