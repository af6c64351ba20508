package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An install folder that colcon made, isolated: one folder for each package. Follows no link. */
final class PrebuiltTree {
    // colcon_core/shell/template/package.sh.em and prefix.sh.em.
    private static final Pattern PREFIX =
            Pattern.compile("_colcon_(?:package|prefix)_sh_COLCON_CURRENT_PREFIX=\"?([^\"\\n]+)\"?");

    /** How setuptools writes down where the sources of a package are that is used from there. */
    private static final Pattern EDITABLE = Pattern.compile("(.*/)?([^/]+\\.egg-link|__editable__[^/]*)");

    /** Setup scripts are small; what is larger is something else. */
    private static final long LARGEST_SCRIPT = 1 << 20;

    private final Path install;
    private final String shown;

    /**
     * @param install the folder
     * @param shown its name for messages
     */
    PrebuiltTree(Path install, String shown) {
        this.install = install;
        this.shown = shown;
    }

    /** Refuses what is no isolated install folder, lacks packages, or leads into build folders. */
    void check(Collection<String> packages, Findings findings) throws IOException {
        Path layout = install.resolve(".colcon_install_layout");
        if (!Files.isRegularFile(layout)) {
            findings.add(Finding.error("RB470", shown + " is no folder that colcon has installed into")
                    .fix("run colcon build first, or name its install folder by <installDirectory>; the engine prebuilt"
                            + " takes what is there"));
            return;
        }
        String kind = Files.readString(layout).strip();
        if (!kind.equals("isolated")) {
            findings.add(
                    Finding.error("RB471", shown + " has the layout " + kind + ": nobody can tell which file is whose")
                            .fix("remove it and run colcon build without --merge-install"));
            return;
        }
        List<String> missing = packages.stream()
                .filter(name -> !Files.isDirectory(folder(name), LinkOption.NOFOLLOW_LINKS)
                        || !Files.isRegularFile(folder(name).resolve("share/colcon-core/packages/" + name)))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            findings.add(
                    Finding.error("RB472", shown + " lacks packages of the workspace: " + String.join(", ", missing))
                            .fix("compile them: colcon build --packages-select " + String.join(" ", missing)));
        }
        for (String name : packages) {
            if (!missing.contains(name)) {
                checkLinks(name, findings);
            }
        }
    }

    private void checkLinks(String name, Findings findings) throws IOException {
        SortedSet<String> prefixes = prefixes(List.of(name));
        Path folder = install.resolve(name);
        List<String> outside = new ArrayList<>();
        for (Path file : files(folder)) {
            String place = FileNames.text(folder.relativize(file));
            if (Files.isSymbolicLink(file)) {
                String target = FileNames.text(Files.readSymbolicLink(file));
                if (target.startsWith("/") && prefixes.stream().noneMatch(prefix -> target.startsWith(prefix + "/"))) {
                    outside.add(place + " → " + target);
                }
            } else if (EDITABLE.matcher(place).matches()) {
                outside.add(place);
            }
        }
        if (!outside.isEmpty()) {
            findings.add(Finding.error(
                            "RB473",
                            shown + "/" + name + " leads out of itself, as --symlink-install makes it: "
                                    + outside.get(0)
                                    + (outside.size() > 1 ? " and " + (outside.size() - 1) + " more" : ""))
                    .fix("remove " + shown + " and the build folder, and run colcon build without --symlink-install")
                    .inPackage(name));
        }
    }

    /**
     * The folders that the tree was installed into, as packages and setup scripts write them down, and where it stands
     * now. They differ where it was made on another machine or in a container.
     */
    SortedSet<String> prefixes(Collection<String> packages) throws IOException {
        SortedSet<String> prefixes = new TreeSet<>();
        prefixes.add(FileNames.text(install.toRealPath()));
        recorded(install.resolve("local_setup.sh"), "", prefixes);
        for (String name : packages) {
            recorded(install.resolve(name).resolve("share/" + name + "/package.sh"), "/" + name, prefixes);
        }
        return prefixes;
    }

    private static void recorded(Path script, String ending, SortedSet<String> prefixes) throws IOException {
        if (Files.isRegularFile(script, LinkOption.NOFOLLOW_LINKS) && Files.size(script) <= LARGEST_SCRIPT) {
            Matcher matcher = PREFIX.matcher(Files.readString(script, StandardCharsets.UTF_8));
            if (matcher.find() && matcher.group(1).endsWith(ending)) {
                String prefix = matcher.group(1).substring(0, matcher.group(1).length() - ending.length());
                // One letter more than the root, and nothing that a shell would still change.
                if (prefix.matches("/[^$`\\\\]+") && !prefix.endsWith("/")) {
                    prefixes.add(prefix);
                }
            }
        }
    }

    /** Digest of the scripts of the folder and of everything in the folders of these packages. */
    Digest digest(Collection<String> packages) throws IOException {
        SortedMap<String, String> identities = new TreeMap<>();
        try (Stream<Path> children = Files.list(install)) {
            for (Path child : children.toList()) {
                if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
                    identities.put(FileNames.name(child), identity(child));
                }
            }
        }
        for (String name : packages) {
            for (Path file : files(install.resolve(name))) {
                identities.put(FileNames.text(install.relativize(file)), identity(file));
            }
        }
        KeyBuilder key = new KeyBuilder();
        identities.forEach(key::add);
        return key.build();
    }

    private static String identity(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return "link " + FileNames.text(Files.readSymbolicLink(file));
        }
        if (Files.isDirectory(file)) {
            return "directory";
        }
        if (!Files.isRegularFile(file)) {
            return "other";
        }
        return (Files.isExecutable(file) ? "program " : "file ")
                + Digest.of(file).hex();
    }

    /** Everything below a folder. */
    private static List<Path> files(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                found.add(directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    /** The folder of a package. */
    Path folder(String name) {
        return install.resolve(name);
    }

    /** The scripts of the folder itself. */
    List<Path> scripts() throws IOException {
        try (Stream<Path> children = Files.list(install)) {
            return children.filter(child -> Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }
}
