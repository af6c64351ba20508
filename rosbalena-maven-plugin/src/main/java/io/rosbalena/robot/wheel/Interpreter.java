package io.rosbalena.robot.wheel;

import io.rosbalena.apt.Candidate;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.wheel.MarkerEnvironment;
import io.rosbalena.wheel.SupportedTags;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Python of an image, as its Debian packages tell: which wheels it can use, and what their conditions say.
 *
 * @param version for example {@code 3.11.2}
 * @param major of the version
 * @param minor of the version
 * @param glibcMajor of the C library, on which the tags of binary wheels depend (PEP 600)
 * @param glibcMinor of the C library
 * @param machine as {@code uname -m} says it
 */
record Interpreter(String version, int major, int minor, int glibcMajor, int glibcMinor, String machine) {
    private static final Pattern DEFAULT = Pattern.compile("(?:[0-9]+:)?([0-9]{1,3})\\.([0-9]{1,3})\\..*");
    private static final Pattern EXACT = Pattern.compile("(?:[0-9]+:)?([0-9]+\\.[0-9]+\\.[0-9]+).*");
    private static final Pattern GLIBC = Pattern.compile("(?:[0-9]+:)?([0-9]{1,3})\\.([0-9]{1,3})(?:[^0-9].*)?");
    private static final Map<String, String> MACHINES =
            Map.of("amd64", "x86_64", "arm64", "aarch64", "arm", "armv7l", "386", "i686", "riscv64", "riscv64");

    /**
     * The interpreter that {@code python3} starts.
     *
     * @param packages of the image that come from archives
     * @param installed of its base
     * @return empty if there is none
     */
    static Optional<Interpreter> of(
            Collection<LockedPackage> packages, Collection<Candidate> installed, Platform platform) {
        Map<String, String> versions = new TreeMap<>();
        installed.forEach(one -> versions.put(one.name(), one.version().toString()));
        packages.forEach(one -> versions.put(one.name(), one.version()));
        Optional<Matcher> python = match(DEFAULT, versions, Stream.of("python3", "python3-minimal"));
        Optional<Matcher> glibc = match(GLIBC, versions, Stream.of("libc6"));
        if (python.isEmpty() || glibc.isEmpty()) {
            return Optional.empty();
        }
        String release = python.get().group(1) + "." + python.get().group(2);
        Optional<Matcher> exact = match(
                EXACT,
                versions,
                Stream.of("python" + release + "-minimal", "libpython" + release + "-minimal", "python3"));
        return Optional.of(new Interpreter(
                exact.map(found -> found.group(1)).orElse(release + ".0"),
                Integer.parseInt(python.get().group(1)),
                Integer.parseInt(python.get().group(2)),
                Integer.parseInt(glibc.get().group(1)),
                Integer.parseInt(glibc.get().group(2)),
                MACHINES.getOrDefault(platform.architecture(), platform.architecture())));
    }

    private static Optional<Matcher> match(Pattern pattern, Map<String, String> versions, Stream<String> names) {
        List<Matcher> found = names.map(name -> pattern.matcher(versions.getOrDefault(name, "")))
                .filter(Matcher::matches)
                .toList();
        return found.stream().findFirst();
    }

    MarkerEnvironment markers() {
        return new MarkerEnvironment(version, machine);
    }

    SupportedTags tags() {
        return SupportedTags.cpython(major, minor, glibcMajor, glibcMinor, machine);
    }
}
