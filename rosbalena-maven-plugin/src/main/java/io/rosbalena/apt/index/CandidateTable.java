package io.rosbalena.apt.index;

import io.rosbalena.apt.Archive;
import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.DebianVersion;
import io.rosbalena.apt.Relation;
import io.rosbalena.apt.preference.Policy;
import io.rosbalena.apt.preference.Preferences;
import io.rosbalena.finding.Finding;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** All packages that some archives offer for one architecture. Safe for several threads. */
public final class CandidateTable {
    private final String architecture;
    private final List<PackageIndex> indexes;
    private final Policy policy;
    private final Map<String, long[]> stanzas = new HashMap<>();
    private final Map<String, long[]> provisions = new HashMap<>();
    private final SortedMap<String, Boolean> base = new TreeMap<>();
    private final Map<String, List<Offer>> offers = new ConcurrentHashMap<>();
    private final Map<String, List<Candidate>> versions = new ConcurrentHashMap<>();
    private final Map<String, List<Candidate>> providers = new ConcurrentHashMap<>();
    private Optional<FirstMentions> mentions = Optional.empty();
    private final Map<ArchiveId, Archive> archives;
    private final Map<ArchiveId, List<URI>> locations;
    private final List<Finding> notes;

    CandidateTable(
            String architecture,
            List<PackageIndex> indexes,
            Preferences preferences,
            Map<ArchiveId, Archive> archives,
            Map<ArchiveId, List<URI>> locations,
            List<Finding> notes) {
        this.architecture = architecture;
        this.indexes = List.copyOf(indexes);
        this.policy =
                new Policy(preferences, indexes.stream().map(PackageIndex::file).toList(), architecture);
        this.archives = new TreeMap<>(archives);
        this.locations = new LinkedHashMap<>(locations);
        this.notes = List.copyOf(notes);
        for (int i = 0; i < indexes.size(); i++) {
            indexes.get(i).scan(new Scan(i));
        }
    }

    private final class Scan implements PackageIndex.Visitor {
        private final long index;

        Scan(int index) {
            this.index = (long) index << 32;
        }

        @Override
        public void named(String name, int stanza) {
            append(stanzas, name, index | stanza);
        }

        @Override
        public void provides(String field, int stanza) {
            Set<String> names = new HashSet<>();
            for (String item : field.split(",", -1)) {
                String name = item.strip().split("[ (:]", 2)[0];
                if (!name.isEmpty() && names.add(name)) {
                    append(provisions, name, index | stanza);
                }
            }
        }

        @Override
        public void belongsToEveryBase(String name, boolean essential) {
            base.merge(name, essential, (a, b) -> a || b);
        }
    }

    private static void append(Map<String, long[]> map, String name, long stanza) {
        long[] known = map.get(name);
        if (known == null) {
            map.put(name, new long[] {stanza});
        } else {
            long[] more = java.util.Arrays.copyOf(known, known.length + 1);
            more[known.length] = stanza;
            map.put(name, more);
        }
    }

    /** The architecture that the packages are for, in Debian's words: {@code amd64}, {@code arm64}. */
    public String architecture() {
        return architecture;
    }

    /** The archives that were read, by id. */
    public Map<ArchiveId, Archive> archives() {
        return java.util.Collections.unmodifiableMap(archives);
    }

    /** Where each archive was found: roots that end with a slash, the first preferred. */
    public Map<ArchiveId, List<URI>> locations() {
        return java.util.Collections.unmodifiableMap(locations);
    }

    /** What the user should know: sources passed over, keys that end soon. */
    public List<Finding> notes() {
        return notes;
    }

    /** How many packages (names) there are. */
    public int size() {
        return stanzas.size();
    }

    /** All names, sorted. */
    public List<String> names() {
        return stanzas.keySet().stream().sorted().toList();
    }

    /**
     * The versions of a package that apt may choose, the one that it would take first: by priority, then by version
     * ({@code apt_preferences(5)}). A version that several archives offer counts once, from the first of them.
     */
    public List<Candidate> versions(String name) {
        return versions.computeIfAbsent(name, this::readVersions);
    }

    private List<Candidate> readVersions(String name) {
        return offers(name).stream()
                .filter(offer -> offer.priority() > 0)
                .sorted(Comparator.comparingInt(Offer::priority)
                        .thenComparing(offer -> offer.candidate().version())
                        .reversed())
                .map(Offer::candidate)
                .toList();
    }

    /** All versions of a package, and what they are worth. */
    List<Offer> offers(String name) {
        return offers.computeIfAbsent(name, this::readOffers);
    }

    private List<Offer> readOffers(String name) {
        Map<DebianVersion, Candidate> candidates = new LinkedHashMap<>();
        Map<DebianVersion, List<Integer>> offering = new HashMap<>();
        for (long stanza : stanzas.getOrDefault(name, new long[0])) {
            int index = (int) (stanza >> 32);
            Candidate candidate = indexes.get(index).candidate((int) stanza);
            candidates.putIfAbsent(candidate.version(), candidate);
            offering.computeIfAbsent(candidate.version(), any -> new ArrayList<>())
                    .add(index);
        }
        return candidates.values().stream()
                .map(one -> new Offer(
                        one,
                        policy.priority(
                                name,
                                one.source(),
                                one.version().toString(),
                                offering.getOrDefault(one.version(), List.of()))))
                .toList();
    }

    /** A version and its pin priority; it may be chosen if that is positive. */
    record Offer(Candidate candidate, int priority) {}

    /** The version that apt would install. */
    public Optional<Candidate> candidate(String name) {
        return versions(name).stream().findFirst();
    }

    /** One version of a package, which need not be one that apt would choose by itself. */
    public Optional<Candidate> version(String name, DebianVersion version) {
        return offers(name).stream()
                .map(Offer::candidate)
                .filter(candidate -> candidate.version().equals(version))
                .findFirst();
    }

    /** The packages of which some version provides a virtual package, each with all its versions. */
    public List<Candidate> providers(String name) {
        return providers.computeIfAbsent(name, this::readProviders);
    }

    private List<Candidate> readProviders(String name) {
        Set<String> names = new java.util.TreeSet<>();
        for (long stanza : provisions.getOrDefault(name, new long[0])) {
            names.add(indexes.get((int) (stanza >> 32)).candidate((int) stanza).name());
        }
        return names.stream()
                .flatMap(provider -> versions(provider).stream())
                .filter(candidate -> candidate.relations().provides().stream()
                        .map(Relation::name)
                        .anyMatch(name::equals))
                .toList();
    }

    /**
     * In which order apt comes upon a name when it reads the indexes: the higher, the later; -1 for a name that is nowhere.
     * The first call reads all of them.
     */
    public synchronized int firstMention(String name) {
        if (mentions.isEmpty()) {
            mentions = Optional.of(new FirstMentions(indexes));
        }
        return mentions.get().number(name);
    }

    /** Names of the packages that say {@code Essential: yes}, sorted. */
    public List<String> essential() {
        return base.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Names of the packages that are essential or of priority {@code required}, sorted. */
    public List<String> required() {
        return List.copyOf(base.keySet());
    }
}
