package io.rosbalena.lock;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What stands fixed for one platform. Versions are fixed once; sets only say who is a member.
 *
 * @param base what the images stand on
 * @param pyc whether images hold Python byte code
 * @param accounts ids of users and groups that packages ask for, for example {@code user messagebus} → 100
 * @param packages all packages by name
 * @param wheels all wheels by name
 * @param sets names of packages and members of wheels by service; {@link #BUILD} and {@link #TEST} are the roots for
 *     compiling and testing, {@link #CROSS} what compiling for the other platforms needs besides,
 *     {@link #WHEEL_MAKING} that for wheels that are made from sources
 * @param pruned names of packages by the service whose packages depend on them and run without them
 */
public record LockedPlatform(
        LockedBase base,
        boolean pyc,
        SortedMap<String, Integer> accounts,
        List<LockedPackage> packages,
        List<LockedWheel> wheels,
        SortedMap<String, List<String>> sets,
        SortedMap<String, List<String>> pruned) {

    /** The set of the build root. A service cannot have this name: it starts with a character that compose refuses. */
    public static final String BUILD = "+build";

    /** What the build root needs besides to compile for the other platforms of the lock. */
    public static final String CROSS = "+cross";

    /** The set of the test root. */
    public static final String TEST = "+test";

    /** The set of the root that wheels are made in from sources; behind it and a colon, a project's tools for that. */
    public static final String WHEEL_MAKING = "+wheels";

    public LockedPlatform {
        accounts = Lock.sorted(accounts);
        packages = packages.stream().sorted().toList();
        wheels = wheels.stream().sorted().toList();
        sets = sorted(sets);
        pruned = sorted(pruned);
    }

    private static SortedMap<String, List<String>> sorted(SortedMap<String, List<String>> sets) {
        TreeMap<String, List<String>> copy = new TreeMap<>();
        sets.forEach((name, members) -> copy.put(name, members.stream().sorted().toList()));
        return Collections.unmodifiableSortedMap(copy);
    }

    /** The same with other ids of users and groups. */
    public LockedPlatform withAccounts(SortedMap<String, Integer> ids) {
        return new LockedPlatform(base, pyc, ids, packages, wheels, sets, pruned);
    }

    /** The package of this name. */
    public Optional<LockedPackage> find(String name) {
        int at = Collections.binarySearch(
                packages.stream().map(LockedPackage::name).toList(), name);
        return at < 0 ? Optional.empty() : Optional.of(packages.get(at));
    }

    /**
     * The wheels of services and of the roots for compiling and testing, each project once; not what others are made with.
     */
    public List<LockedWheel> installedWheels() {
        return wheelsOf(set -> true);
    }

    /** The same without those that only tests need. */
    public List<LockedWheel> wheelsWithoutTests() {
        return wheelsOf(set -> !set.equals(TEST));
    }

    private List<LockedWheel> wheelsOf(Predicate<String> wanted) {
        SortedSet<LockedWheel> installed = new TreeSet<>();
        sets.keySet().stream()
                .filter(set -> !set.startsWith(WHEEL_MAKING))
                .filter(wanted)
                .forEach(set -> installed.addAll(wheels(set)));
        return List.copyOf(installed);
    }

    /** The wheels of a set, by name; empty for an unknown set. */
    public List<LockedWheel> wheels(String set) {
        Set<String> names = new HashSet<>(sets.getOrDefault(set, List.of()));
        return wheels.stream().filter(one -> names.contains(one.member())).toList();
    }

    /** The Debian packages of a set, by name; empty for an unknown set. */
    public List<LockedPackage> members(String set) {
        return named(sets.getOrDefault(set, List.of()));
    }

    /** The Debian packages that a service runs without, though others of it depend on them; by name. */
    public List<LockedPackage> pruned(String service) {
        return named(pruned.getOrDefault(service, List.of()));
    }

    private List<LockedPackage> named(List<String> some) {
        Set<String> names = new HashSet<>(some);
        return packages.stream().filter(one -> names.contains(one.name())).toList();
    }
}
