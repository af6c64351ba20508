package io.rosbalena.robot.locking;

import io.rosbalena.apt.Archive;
import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.DebianVersion;
import io.rosbalena.apt.index.CandidateTable;
import io.rosbalena.apt.solver.Solution;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.rosdep.ResolvedKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The Debian packages of one platform: for each service, for the base and for each root, chosen from one table of
 * candidates, so that a name has one version. {@link PlatformSolving} fills it.
 */
final class PlatformSets {
    private final CandidateTable table;
    private final Findings notes = new Findings();
    private final SortedMap<String, SortedSet<String>> sets = new TreeMap<>();
    private final SortedMap<String, Solution> services = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> pruned = new TreeMap<>();
    private final SortedMap<String, Solution.Choice> choices = new TreeMap<>();
    private final Set<String> manual = new TreeSet<>();
    private final Map<String, String> why = new HashMap<>();
    private SortedSet<String> base = new TreeSet<>();
    private final ResolvedKeys keys;

    /** @param keys what the robot asks for */
    PlatformSets(CandidateTable table, ResolvedKeys keys) {
        this.table = table;
        this.keys = keys;
    }

    /** What every image of an assembled base stands on. */
    void base(List<String> roots, SortedSet<String> names) {
        base = names;
        roots.forEach(name -> why.put(name, "every base"));
    }

    /** The packages of a service, before anything of it is pruned. */
    void service(String service, Solution solution) {
        services.put(service, solution);
        keep(service, solution, "service " + service);
    }

    /** Packages that somebody asks for by name; the others are there for them. */
    void ask(Collection<String> roots) {
        roots.forEach(root -> manual.add(root.replaceFirst("=.*", "")));
    }

    /** Those that were asked for so far. */
    Set<String> asked() {
        return Set.copyOf(manual);
    }

    /** Only these were asked for, whatever was solved since. */
    void askOnly(Set<String> names) {
        manual.retainAll(names);
    }

    /** The versions that were chosen so far. */
    Map<String, DebianVersion> versions() {
        Map<String, DebianVersion> chosen = new HashMap<>();
        choices.forEach((name, choice) -> chosen.put(name, choice.candidate().version()));
        return chosen;
    }

    /** Takes names out of a set that another one has, too. */
    void leaveOut(String set, SortedSet<String> others) {
        sets.computeIfPresent(set, (key, names) -> {
            SortedSet<String> left = new TreeSet<>(names);
            left.removeAll(others);
            return left;
        });
    }

    /**
     * The packages of a set.
     *
     * @param asker in words, for packages that nobody names
     * @throws FindingException RB712 if a package has another version in a set before
     */
    void keep(String set, Solution solution, String asker) {
        SortedSet<String> names = new TreeSet<>();
        for (Solution.Choice choice : solution.packages()) {
            String name = choice.candidate().name();
            names.add(name);
            Solution.Choice before = choices.putIfAbsent(name, choice);
            if (before != null
                    && !before.candidate().version().equals(choice.candidate().version())) {
                throw FindingException.input(Finding.error(
                                "RB712",
                                "two versions of " + name + " are needed: "
                                        + before.candidate().version() + " by " + why.get(name) + ", "
                                        + choice.candidate().version() + " by " + asker)
                        .fix("ask for one of them in x-rosbalena.apt of both, as " + name + "=VERSION"));
            }
            why.putIfAbsent(
                    name,
                    choice.why().by().isPresent() || choice.why().relation().equals("every system")
                            ? choice.why().toString()
                            : asker);
        }
        sets.put(set, names);
    }

    /** Names of the packages of the services' images that come from archives, by service; and of the build root. */
    SortedMap<String, SortedSet<String>> sets() {
        return sets;
    }

    /** Whether a package stands in no set but that of the test root. */
    boolean isForTestsAlone(String name) {
        return sets.entrySet().stream()
                .filter(set -> set.getValue().contains(name))
                .allMatch(set -> set.getKey().equals(LockedPlatform.TEST));
    }

    /** What each service is made of, before anything of it is pruned. */
    SortedMap<String, Solution> services() {
        return services;
    }

    /** Names of the packages that every image stands on; none for a ready-made base. */
    SortedSet<String> base() {
        return base;
    }

    /** Takes packages out of a service's image. */
    void prune(String service, SortedSet<String> names) {
        SortedSet<String> left = new TreeSet<>(sets.getOrDefault(service, new TreeSet<>()));
        left.removeAll(names);
        sets.put(service, left);
        pruned.put(service, names);
    }

    /** Names of the packages that were taken out of services' images, by service. */
    SortedMap<String, SortedSet<String>> pruned() {
        return pruned;
    }

    /** What is to be told, though a lock can be made. */
    Findings notes() {
        return notes;
    }

    /** The keys of the robot, resolved. */
    ResolvedKeys keys() {
        return keys;
    }

    /** The archives that packages come from. */
    SortedMap<ArchiveId, Archive> archives() {
        SortedMap<ArchiveId, Archive> used = new TreeMap<>();
        choices.values()
                .forEach(choice -> choice.candidate().deb().ifPresent(deb -> {
                    Archive archive = table.archives().get(deb.archive());
                    if (archive != null) {
                        used.put(deb.archive(), archive);
                    }
                }));
        return used;
    }

    /**
     * The packages as the lock writes them down.
     *
     * @param layers the layers that are known already
     */
    List<LockedPackage> packages(Map<String, String> layers) {
        SortedMap<String, SortedSet<String>> images = new TreeMap<>(sets);
        images.remove(LockedPlatform.BUILD);
        images.remove(LockedPlatform.CROSS);
        images.remove(LockedPlatform.WHEEL_MAKING);
        images.remove(LockedPlatform.TEST);
        SortedSet<String> inImages = new TreeSet<>();
        images.values().forEach(inImages::addAll);
        List<LayerAssignment.Placed> placed = choices.values().stream()
                .map(Solution.Choice::candidate)
                .filter(candidate -> inImages.contains(candidate.name()))
                .map(candidate -> new LayerAssignment.Placed(
                        candidate.name(),
                        rate(candidate),
                        candidate.deb().orElseThrow().size()))
                .toList();
        SortedMap<String, String> assigned = LayerAssignment.assign(placed, base, images, layers);
        List<LockedPackage> packages = new ArrayList<>();
        choices.forEach((name, choice) -> {
            Candidate candidate = choice.candidate();
            candidate
                    .deb()
                    .ifPresent(deb -> packages.add(new LockedPackage(
                            name,
                            candidate.version().toString(),
                            candidate.architecture(),
                            deb.archive().toString(),
                            deb.filename(),
                            deb.size(),
                            deb.sha256(),
                            assigned.getOrDefault(name, LockedPackage.NO_LAYER),
                            !manual.contains(name),
                            why.getOrDefault(name, ""))));
        });
        packages.sort(Comparator.naturalOrder());
        return packages;
    }

    /** How fast an archive's packages change: the kind of layer that they stand in. */
    private String rate(Candidate candidate) {
        ArchiveId archive = candidate.deb().orElseThrow().archive();
        boolean distribution =
                List.of("debian", "ubuntu").contains(archive.origin().toLowerCase(java.util.Locale.ROOT));
        if (!distribution) {
            return candidate.name().startsWith("ros-") ? "ros" : "other";
        }
        return archive.suite().contains("-") ? "updates" : "system";
    }
}
