package io.rosbalena.rosdep;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.Digest;
import io.rosbalena.transfer.Location;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One file to read.
 *
 * @param name how messages and the lock name it: the address without credentials and with a digest of its query, or the path that the user wrote
 * @param uri an {@code http}, {@code https} or {@code file} address
 * @param tags names of distributions, systems and codenames; the source counts only where all of them hold
 */
public record RosdepSource(String name, URI uri, Set<String> tags) {
    /** The most bytes that a file may have. */
    public static final int LARGEST = YamlReader.MAXIMUM_BYTES;

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    public RosdepSource {
        tags = Set.copyOf(tags);
    }

    /**
     * Reads an address or a path, followed by tags, as a line of rosdep's {@code sources.list.d}; the word {@code yaml}
     * in front may be left out.
     *
     * @param folder what a relative path starts from
     * @throws FindingException RB058 if it is neither an address nor a path
     */
    public static RosdepSource parse(String text, Path folder) {
        List<String> words = new ArrayList<>(List.of(text.strip().split("\\s+", -1)));
        if (words.size() > 1 && words.get(0).equals("yaml")) {
            words.remove(0);
        }
        String address = words.get(0);
        Set<String> tags = Set.copyOf(words.subList(1, words.size()));
        try {
            if (SCHEME.matcher(address).matches()) {
                URI uri = new URI(address);
                return new RosdepSource(name(uri), uri, tags);
            }
            if (!address.isEmpty()) {
                return new RosdepSource(address, folder.resolve(address).toUri(), tags);
            }
        } catch (URISyntaxException | InvalidPathException e) {
            throw FindingException.input(unusable(text));
        }
        throw FindingException.input(unusable(text));
    }

    private static Finding unusable(String text) {
        return Finding.error("RB058", "neither an address nor a path of a rosdep database: \"" + text + "\"")
                .fix("give a path, or an http, https or file address, and after it tags such as humble or ubuntu");
    }

    /** The source at a place relative to this one, as indexes name their files. */
    RosdepSource resolve(String reference) throws URISyntaxException {
        URI target = new URI(reference);
        if (target.isAbsolute()) {
            return new RosdepSource(name(target), target, tags);
        }
        // rosdistro hands the index's query on, which carries a token for private repositories.
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        URI sibling = uri.resolve(reference + query);
        String bare = name.contains("?") ? name.substring(0, name.indexOf('?')) : name;
        String folder = bare.substring(0, bare.lastIndexOf('/') + 1);
        return new RosdepSource(folder + reference, sibling, tags);
    }

    /** Two addresses that differ in the query alone are two files; a query may hold a token, so it does not show. */
    private static String name(URI uri) {
        String query = uri.getRawQuery();
        return Location.show(uri) + (query == null ? "" : Digest.of(query).hex().substring(0, 8));
    }

    /**
     * The file of this machine that a name in a lock stands for; empty for a name of a remote one.
     *
     * @param folder what a relative path starts from
     */
    public static Optional<Path> local(String name, Path folder) {
        if (!SCHEME.matcher(name).matches()) {
            return Optional.of(folder.resolve(name));
        }
        return name.regionMatches(true, 0, "file:", 0, 5) ? Optional.of(Path.of(URI.create(name))) : Optional.empty();
    }

    boolean isLocal() {
        return "file".equalsIgnoreCase(uri.getScheme());
    }
}
