package io.rosbalena.wheel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The tags of wheels that an interpreter can use, the most specific first (PEP 425, PEP 600). */
public final class SupportedTags {
    /** Glibc of the oldest tags: x86 has wheels from before manylinux2014. */
    private static final int OLDEST_X86 = 5;

    private static final int OLDEST = 17;

    /** Names that PEP 513, 571 and 599 gave to some glibcs. */
    private static final Map<Integer, String> LEGACY =
            Map.of(17, "manylinux2014", 12, "manylinux2010", 5, "manylinux1");

    private final List<WheelTag> tags;
    private final Map<WheelTag, Integer> ranks = new HashMap<>();

    private SupportedTags(Set<WheelTag> tags) {
        this.tags = List.copyOf(tags);
        for (int i = 0; i < this.tags.size(); i++) {
            ranks.put(this.tags.get(i), i);
        }
    }

    /**
     * The tags of a CPython on Linux with glibc.
     *
     * @param major of Python, at least 3
     * @param minor of Python
     * @param glibcMajor 2 so far
     * @param glibcMinor for example 36
     * @param machine as {@code uname -m} says it
     */
    public static SupportedTags cpython(int major, int minor, int glibcMajor, int glibcMinor, String machine) {
        List<String> platforms = platforms(glibcMajor, glibcMinor, machine);
        String version = major + "" + minor;
        String interpreter = "cp" + version;
        Set<WheelTag> tags = new LinkedHashSet<>();
        for (String abi : List.of(interpreter, "abi3", "none")) {
            platforms.forEach(platform -> tags.add(new WheelTag(interpreter, abi, platform)));
        }
        // The stable ABI is that of Python 3.2 and later.
        for (int older = minor - 1; older > 1; older--) {
            String name = "cp" + major + older;
            platforms.forEach(platform -> tags.add(new WheelTag(name, "abi3", platform)));
        }
        List<String> pure = new ArrayList<>(List.of("py" + version, "py" + major));
        for (int older = minor - 1; older >= 0; older--) {
            pure.add("py" + major + older);
        }
        for (String python : pure) {
            platforms.forEach(platform -> tags.add(new WheelTag(python, "none", platform)));
        }
        tags.add(new WheelTag(interpreter, "none", "any"));
        pure.forEach(python -> tags.add(new WheelTag(python, "none", "any")));
        return new SupportedTags(tags);
    }

    private static List<String> platforms(int glibcMajor, int glibcMinor, String machine) {
        List<String> platforms = new ArrayList<>();
        int oldest = machine.equals("x86_64") || machine.equals("i686") ? OLDEST_X86 : OLDEST;
        for (int minor = glibcMinor; glibcMajor == 2 && minor >= oldest; minor--) {
            platforms.add("manylinux_2_" + minor + "_" + machine);
            String legacy = LEGACY.get(minor);
            if (legacy != null) {
                platforms.add(legacy + "_" + machine);
            }
        }
        platforms.add("linux_" + machine);
        return platforms;
    }

    /** All tags, the most specific first. */
    public List<WheelTag> tags() {
        return tags;
    }

    /** How specific a wheel is: 0 is the best; empty if it cannot be used. */
    public OptionalInt rank(WheelFilename wheel) {
        return wheel.tags().stream()
                .filter(ranks::containsKey)
                .mapToInt(tag -> ranks.getOrDefault(tag, Integer.MAX_VALUE))
                .min();
    }
}
