package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.apt.deb.DebFile;
import io.rosbalena.apt.deb.PackageTree;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TarHeader;
import io.rosbalena.tree.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Debian system whose maintainer scripts all ran, made by mmdebstrap from this machine's own apt sources, against ours
 * of the same packages, in which none ran: every entry, its owner, mode and bytes.
 */
class ReferenceSystemIT {
    /** With what they need some 440 packages: what robots with cameras run, and what has scripts of many kinds. */
    private static final String PACKAGES =
            "apt,python3-numpy,libblas3,ca-certificates,dbus,openssh-client,procps,xz-utils,less,"
                    + "tzdata,python3-opencv,python3-yaml,fontconfig,fonts-dejavu,rdma-core,perl,python3-lxml";

    /** Every way in which the two may differ, and why. */
    private static final List<Pattern> EXPLAINED = Stream.of(
                    // compiled elsewhere, by the build root's own python3
                    ".*/__pycache__(/.*)?",
                    // made by the bootstrapper for itself, or copied from this machine
                    "dev(/.*)?",
                    "tmp/.*",
                    "etc/(hostname|resolv\\.conf|fstab|apt/sources\\.list(\\.d/.*)?|apt/apt\\.conf\\.d/.*mmdebstrap)",
                    "var/lib/dpkg/arch",
                    // logs, locks, caches and backups of tools that ran
                    "var/log/.*",
                    "run/adduser",
                    "etc/\\.pwd\\.lock",
                    "var/lib/dpkg/lock(-frontend)?",
                    "var/cache/ldconfig/aux-cache",
                    "var/(cache/apt|lib/apt/(lists|periodic|mirrors))(/.*)?",
                    "var/cache/debconf(/.*)?",
                    "(etc/(passwd|group|shadow|gshadow)-|var/lib/dpkg/(status|diversions|statoverride)-old)",
                    // random by design
                    "(etc|var/lib/dbus)/machine-id",
                    // databases of desktops and of udev that programs of the packages make of all packages' files
                    "usr/share/mime/(?!packages(/|$)).*",
                    "usr/lib/udev/hwdb\\.bin",
                    "usr/lib/[^/]+/gdk-pixbuf-2\\.0/[^/]+/loaders\\.cache",
                    "var/cache/fontconfig(/.*)?",
                    // no init runs in an image
                    "etc/rc[0-6S]\\.d(/.*)?",
                    "(etc|var/lib)/systemd(/.*)?",
                    // the same lines in the order of installation; compared below
                    "var/lib/dpkg/triggers/File",
                    "var/lib/apt/extended_states")
            .map(Pattern::compile)
            .toList();

    @TempDir
    private static Path directory;

    private static final SortedMap<String, byte[]> TEXTS = new TreeMap<>();
    private static final SortedMap<String, String> THEIRS = new TreeMap<>();
    private static List<Path> debs = List.of();
    private static PlatformState state = SystemOnDisk.EMPTY;

    @BeforeAll
    static void makeBoth() throws IOException {
        read(reference(), THEIRS, TEXTS);
        debs = list(directory.resolve("debs"));
        List<DebFacts> facts = new ArrayList<>();
        for (Path deb : debs) {
            facts.add(SmallFacts.of(deb));
        }
        state = PlatformState.of(PlatformInput.assembled(
                RealTool.run(directory, "dpkg", "--print-architecture").strip(),
                facts,
                automatic(TEXTS),
                accounts(TEXTS)));
    }

    /** Triggers, hooks and maintainer scripts of other packages find everything as they expect it. */
    @Test
    void aptInstallsMorePackagesIntoIt() throws IOException {
        Path root = SystemOnDisk.write(directory.resolve("root"), debs, state);
        for (String file : List.of("apt", "resolv.conf")) {
            if (Files.exists(Path.of("/etc", file))) {
                RealTool.run(
                        directory,
                        "cp",
                        "-rLT",
                        "/etc/" + file,
                        root.resolve("etc").resolve(file).toString());
            }
        }
        RealTool.run(
                directory,
                "cp",
                "-rLT",
                "/usr/share/keyrings",
                root.resolve("usr/share/keyrings").toString());
        RealTool.run(directory, "chroot", root.toString(), "apt-get", "-o", "APT::Sandbox::User=root", "update");
        assertThat(RealTool.run(
                        directory,
                        Map.of("DEBIAN_FRONTEND", "noninteractive"),
                        "chroot",
                        root.toString(),
                        "apt-get",
                        "-o",
                        "APT::Sandbox::User=root",
                        "install",
                        "-y",
                        "--no-install-recommends",
                        "libgtk-3-0",
                        "python3-requests",
                        "rsync"))
                .contains("Setting up libgtk-3-0", "Setting up python3-requests", "Setting up rsync");
        assertThat(RealTool.run(directory, "chroot", root.toString(), "dpkg", "--audit"))
                .isEmpty();
        assertThat(RealTool.run(directory, "chroot", root.toString(), "dpkg", "--verify"))
                .isEmpty();
        RealTool.run(directory, "chroot", root.toString(), "apt-get", "check");
        assertThat(RealTool.run(
                        directory,
                        "chroot",
                        root.toString(),
                        "python3",
                        "-c",
                        "import cv2, numpy, requests, yaml; print(cv2.__name__)"))
                .isEqualTo("cv2\n");
    }

    @Test
    void equalsASystemWhoseScriptsRan() throws IOException {
        SortedMap<String, String> ours = new TreeMap<>();
        for (Path deb : debs) {
            try (DebFile file = DebFile.open(deb);
                    FileTree tree =
                            PackageTree.of(file, state.placement(file.control().packageName()))) {
                describe(tree, ours);
            }
        }
        describe(state.tree(), ours);

        List<String> differences = new ArrayList<>();
        Set<String> paths = new TreeSet<>(ours.keySet());
        paths.addAll(THEIRS.keySet());
        for (String path : paths) {
            String our = ours.getOrDefault(path, "missing");
            String their = THEIRS.getOrDefault(path, "missing");
            if (!our.equals(their)
                    && EXPLAINED.stream()
                            .noneMatch(pattern -> pattern.matcher(path).matches())) {
                differences.add(path + ": ours " + our + ", theirs " + their);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(ours).hasSizeGreaterThan(15_000);
        assertThat(debs).hasSizeGreaterThan(426);
        // What a desktop's image loaders and a clock over the network would need is told, and not made.
        assertThat(state.findings().stream().map(one -> one.packageName().orElse(one.message())))
                .containsExactly("libgdk-pixbuf-2.0-0", "libgstreamer1.0-0");
        for (String path : List.of("var/lib/dpkg/triggers/File", "var/lib/apt/extended_states")) {
            assertThat(lines(SmallFacts.text(state.tree(), path))).as(path).isEqualTo(lines(text(TEXTS, path)));
        }
    }

    private static Path reference() throws IOException {
        RealTool.require("mmdebstrap", "dpkg", "apt-get");
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "skipped: mmdebstrap runs scripts in a chroot as root");
        List<String> command = new ArrayList<>(List.of(
                "mmdebstrap",
                "--variant=essential",
                "--include=" + PACKAGES,
                "--skip=essential/unlink,cleanup/apt,cleanup/reproducible",
                RealTool.run(directory, "sh", "-c", ". /etc/os-release; echo $VERSION_CODENAME")
                        .strip(),
                "reference.tar"));
        command.addAll(sources());
        try {
            RealTool.run(
                    directory, Map.of("SOURCE_DATE_EPOCH", Long.toString(Entry.EPOCH)), command.toArray(String[]::new));
        } catch (AssertionError e) {
            Assumptions.abort("skipped: no system could be made from this machine's apt sources: " + e.getMessage());
        }
        Files.createDirectory(directory.resolve("debs"));
        RealTool.run(
                directory,
                "tar",
                "-xf",
                "reference.tar",
                "-C",
                "debs",
                "--strip-components=5",
                "--wildcards",
                "./var/cache/apt/archives/*.deb");
        return directory.resolve("reference.tar");
    }

    private static List<String> sources() throws IOException {
        List<String> files = new ArrayList<>();
        for (Path file : list(Path.of("/etc/apt/sources.list.d"))) {
            if (file.toString().endsWith(".sources") || file.toString().endsWith(".list")) {
                files.add(file.toString());
            }
        }
        Path list = Path.of("/etc/apt/sources.list");
        if (Files.isRegularFile(list) && Files.size(list) > 0) {
            files.add(list.toString());
        }
        return files;
    }

    private static void read(Path archive, Map<String, String> entries, Map<String, byte[]> texts) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive), 1 << 16)) {
            TarReader tar = new TarReader(in);
            for (Optional<TarHeader> next = tar.next(); next.isPresent(); next = tar.next()) {
                TarHeader header = next.get();
                String path = header.path().text();
                String what = switch (header.type()) {
                    case FILE -> {
                        byte[] bytes = tar.content().readAllBytes();
                        if (path.startsWith("etc/") || path.startsWith("var/lib/")) {
                            texts.put(path, bytes);
                        }
                        yield file(header.mode(), header.uid(), header.gid(), Digest.of(bytes));
                    }
                    case DIRECTORY -> directory(header.mode(), header.uid(), header.gid());
                    case SYMLINK -> "link to " + header.target();
                    case HARDLINK -> entries.getOrDefault(header.target(), "hard link to nothing");
                    default -> "special";
                };
                if (!header.path().isRoot()) {
                    entries.put(path, what);
                }
            }
        }
    }

    private static void describe(FileTree tree, Map<String, String> entries) throws IOException {
        for (Entry entry : tree.entries()) {
            String what = switch (entry.kind()) {
                case FILE -> {
                    try (InputStream in = entry.content().open()) {
                        yield file(entry.mode(), entry.uid(), entry.gid(), Digest.of(in));
                    }
                }
                case DIRECTORY -> directory(entry.mode(), entry.uid(), entry.gid());
                case SYMLINK -> "link to " + entry.target();
                case HARDLINK -> entries.getOrDefault(entry.target(), "hard link to nothing");
            };
            entries.put(entry.path().text(), what);
        }
    }

    private static String file(int mode, long uid, long gid, Digest digest) {
        return "file " + Integer.toOctalString(mode) + " " + uid + ":" + gid + " " + digest;
    }

    private static String directory(int mode, long uid, long gid) {
        return "directory " + Integer.toOctalString(mode) + " " + uid + ":" + gid;
    }

    private static Set<String> automatic(Map<String, byte[]> texts) {
        return lines(text(texts, "var/lib/apt/extended_states")).stream()
                .filter(line -> line.startsWith("Package: "))
                .map(line -> line.substring("Package: ".length()))
                .collect(Collectors.toSet());
    }

    /** The numbers that the reference's adduser gave: what the lock would know. */
    private static SortedMap<String, Integer> accounts(Map<String, byte[]> texts) {
        SortedMap<String, Integer> ids = new TreeMap<>();
        for (String kind : List.of("user", "group")) {
            for (String line : lines(text(texts, kind.equals("user") ? "etc/passwd" : "etc/group"))) {
                String[] fields = line.split(":", -1);
                int id = Integer.parseInt(fields[2]);
                if (id > 100 && id < 1000 || id == 100 && kind.equals("user")) {
                    ids.put(kind + " " + fields[0], id);
                }
            }
        }
        return ids;
    }

    private static String text(Map<String, byte[]> texts, String path) {
        return new String(texts.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
    }

    private static List<String> lines(String text) {
        return text.lines().sorted().toList();
    }

    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
