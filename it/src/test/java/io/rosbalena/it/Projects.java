package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Copies of the robots that are built here, and what a build left in them. */
final class Projects {
    private static final Pattern IMAGE = Pattern.compile("image: [a-z]+/([a-z_]+)@(sha256:[0-9a-f]{64})");
    private static final Path WORK = Path.of(System.getProperty("it.work"));

    static {
        forgetStores();
    }

    private Projects() {}

    /** What an earlier run left would make first builds to second ones. */
    private static void forgetStores() {
        Path stores = WORK.resolve("stores");
        if (Files.exists(stores)) {
            try {
                // Roots hold folders without the right to write.
                Program.of("chmod", "-R", "u+w", stores).output();
                Program.of("rm", "-rf", stores).output();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** A fresh copy of the courier at a folder of this name. */
    static Path courier(String name) throws IOException {
        return copy("courier", name);
    }

    /** A fresh copy of the lookout, a robot without machine code of its own, at a folder of this name. */
    static Path lookout(String name) throws IOException {
        return copy("lookout", name);
    }

    private static Path copy(String project, String name) throws IOException {
        Path target = folder(name).resolve(project);
        Path source = Path.of(System.getProperty("it.projects")).resolve(project);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path relative = source.relativize(file);
                if (relative.startsWith("target") || relative.startsWith("rosbalena.lock")) {
                    continue;
                }
                Path copy = target.resolve(relative.toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return target;
    }

    /** An empty folder of this name. */
    static Path folder(String name) throws IOException {
        Path folder = WORK.resolve(name);
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                old.sorted((a, b) -> b.compareTo(a))
                        .forEach(path -> path.toFile().delete());
            }
        }
        return Files.createDirectories(folder);
    }

    /** Replaces text, which must be there, in a file of a project. */
    static void replace(Path file, String old, String now) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, now));
    }

    /** The digests of the images that the manifest of a built project names, by service. */
    static Map<String, String> images(Path project) throws IOException {
        Map<String, String> images = new TreeMap<>();
        for (String line : Files.readAllLines(project.resolve("target/rosbalena/docker-compose.yml"))) {
            Matcher matcher = IMAGE.matcher(line);
            if (matcher.find()) {
                images.put(matcher.group(1), matcher.group(2));
            }
        }
        return images;
    }

    /** A store below the work folder; a new one is empty. */
    static Path store(String name) {
        return WORK.resolve("stores").resolve(name);
    }

    /** Every file below a folder with its content's digest, by relative path. */
    static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(file -> contents.put(folder.relativize(file).toString(), sha256(file)));
        }
        return contents;
    }

    private static String sha256(Path file) {
        try (var in = Files.newInputStream(file)) {
            java.security.MessageDigest sha = java.security.MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            int read;
            while ((read = in.read(buffer)) >= 0) {
                sha.update(buffer, 0, read);
            }
            return java.util.HexFormat.of().formatHex(sha.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
