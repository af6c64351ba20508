package io.rosbalena.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a build left in {@code target/rosbalena}, for comparing two builds. */
final class Images {
    private static final Pattern IMAGE = Pattern.compile("image: [a-z_-]+/([a-z_-]+)@sha256:([0-9a-f]{64})");
    private static final Pattern DIGEST = Pattern.compile("\"digest\":\"sha256:([0-9a-f]{64})\"");

    private final Path output;

    private Images(Path output) {
        this.output = output;
    }

    static Images of(Path project) {
        return new Images(project.resolve("target/rosbalena"));
    }

    /**
     * Every file of the images, the manifest and the report with its digest.
     *
     * @return by path below {@code target/rosbalena}
     */
    Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        Projects.contents(output).forEach((path, digest) -> {
            if (path.startsWith("images/") || path.endsWith(".yml") || path.equals("build.json")) {
                contents.put(path, digest);
            }
        });
        return contents;
    }

    /**
     * Fails if another build gave a different byte, and names each service's first layer that differs with the first
     * entry that differs in it.
     */
    void assertSameAs(Images expected) throws IOException, InterruptedException {
        Map<String, String> now = contents();
        Map<String, String> then = expected.contents();
        if (now.equals(then)) {
            return;
        }
        StringBuilder told = new StringBuilder("the builds differ\n");
        then.forEach((path, digest) -> {
            if (!digest.equals(now.get(path))) {
                told.append("- ").append(path).append(' ').append(digest).append('\n');
            }
        });
        now.forEach((path, digest) -> {
            if (!digest.equals(then.get(path))) {
                told.append("+ ").append(path).append(' ').append(digest).append('\n');
            }
        });
        Map<String, List<String>> images = layers();
        for (Map.Entry<String, List<String>> image : expected.layers().entrySet()) {
            told.append(firstDifference(image.getKey(), expected, image.getValue(), images.get(image.getKey())));
        }
        throw new AssertionError(told.toString());
    }

    /** By service: the digests of its configuration and of its layers. */
    private Map<String, List<String>> layers() throws IOException {
        Map<String, List<String>> services = new TreeMap<>();
        Matcher image = IMAGE.matcher(Files.readString(output.resolve("docker-compose.yml")));
        while (image.find()) {
            List<String> parts = new ArrayList<>();
            Matcher digests = DIGEST.matcher(Files.readString(blob(image.group(2))));
            while (digests.find()) {
                parts.add(digests.group(1));
            }
            services.put(image.group(1), parts);
        }
        return services;
    }

    private String firstDifference(String service, Images other, List<String> theirs, List<String> ours)
            throws IOException, InterruptedException {
        if (ours == null || ours.size() != theirs.size()) {
            return service + ": another number of layers\n";
        }
        if (!ours.get(0).equals(theirs.get(0))) {
            return service + ": configuration\n  " + Files.readString(other.blob(theirs.get(0))) + "\n  "
                    + Files.readString(blob(ours.get(0))) + "\n";
        }
        for (int i = 1; i < ours.size(); i++) {
            if (!ours.get(i).equals(theirs.get(i))) {
                return service + ": layer " + i + "\n"
                        + firstDifference(entries(other.blob(theirs.get(i))), entries(blob(ours.get(i))));
            }
        }
        return "";
    }

    private static String firstDifference(List<String> theirs, List<String> ours) {
        for (int i = 0; i < Math.max(theirs.size(), ours.size()); i++) {
            String one = i < theirs.size() ? theirs.get(i) : "(no more entries)";
            String two = i < ours.size() ? ours.get(i) : "(no more entries)";
            if (!one.equals(two)) {
                return "  - " + one + "\n  + " + two + "\n";
            }
        }
        return "  the entries are the same: the archive or its compression differs\n";
    }

    /** What GNU tar says of each entry, then the digest of each file. */
    private static List<String> entries(Path layer) throws IOException, InterruptedException {
        List<String> entries = new ArrayList<>(tar(layer, "--list", "--verbose", "--full-time", "--numeric-owner"));
        entries.addAll(tar(layer, "--extract", "--to-command=echo \"$TAR_FILENAME $(sha256sum)\""));
        return entries;
    }

    private static List<String> tar(Path layer, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tar", "--gzip", "--file=" + layer));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TZ", "UTC");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.lines().toList();
    }

    private Path blob(String digest) {
        return output.resolve("images/blobs/sha256").resolve(digest);
    }
}
