package io.rosbalena.rosdep;

import io.rosbalena.finding.FindingException;
import io.rosbalena.rosdep.Resolution.Missing;
import io.rosbalena.rosdep.Resolution.Reason;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.transfer.Transfer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * All databases together. A file is fetched only when those before it do not answer: when none of them has a rule for
 * the key and the operating system. A rule under {@code *} is no answer yet, since a later database may name the system
 * itself. Safe for several threads.
 */
public final class RosdepDatabase {
    private final String distro;
    private final DatabaseFiles files;
    private final List<Source> sources = new ArrayList<>();

    private RosdepDatabase(String distro, DatabaseFiles files) {
        this.distro = distro;
        this.files = files;
    }

    /**
     * Prepares the databases; nothing is read before the first key is asked for.
     *
     * @param known digests of files consulted earlier, see {@link #consulted}: those found in the store are not fetched
     */
    public static RosdepDatabase open(
            RosdepSources sources, Map<String, Digest> known, Transfer transfer, BlobStore store) {
        DatabaseFiles files = new DatabaseFiles(known, transfer, store);
        RosdepDatabase database = new RosdepDatabase(sources.distro(), files);
        sources.overlays().forEach(source -> database.add(source, TableKind.OVERLAY));
        sources.databases().forEach(source -> database.add(source, TableKind.DATABASE));
        sources.index().ifPresent(database::addReleases);
        return database;
    }

    private void add(RosdepSource source, TableKind kind) {
        sources.add(new Source(source.tags(), () -> Definitions.of(source, files.table(source, kind))));
    }

    private void addReleases(RosdepSource index) {
        sources.add(new Source(index.tags(), () -> {
            List<RosdepSource> distribution =
                    new DistributionIndex(index, files.table(index, TableKind.INDEX)).files(distro);
            List<RuleTable> tables = distribution.stream()
                    .map(file -> files.table(file, TableKind.DISTRIBUTION))
                    .toList();
            return new ReleasedPackages(distro, distribution, tables);
        }));
    }

    /** Name of the ROS distribution. */
    public String distro() {
        return distro;
    }

    /**
     * What the databases say about a key.
     *
     * @throws FindingException if a file that is needed cannot be had or read
     */
    public synchronized Resolution resolve(String key, TargetOs os) {
        Optional<Definitions> wildcardSource = Optional.empty();
        Optional<YamlNode> wildcard = Optional.empty();
        Optional<RulePlace> place = Optional.empty();
        Set<String> systems = new TreeSet<>();
        for (Source source : matching(os)) {
            Definitions definitions = source.get();
            Optional<YamlNode> definition = definitions.find(key);
            if (definition.isEmpty()) {
                continue;
            }
            RulePlace here = new RulePlace(definitions.name(), definition.get().line());
            if (!(definition.get() instanceof YamlNode.Members rules)) {
                return new Missing(key, Reason.NOT_A_DEFINITION, "", Optional.of(here), List.of());
            }
            YamlNode rule = rules.map().get(os.name());
            if (rule != null) {
                return reader(key, os, definitions).read(rule, false);
            }
            if (wildcard.isEmpty() && rules.map().containsKey("*")) {
                wildcard = Optional.ofNullable(rules.map().get("*"));
                wildcardSource = Optional.of(definitions);
            }
            place = place.or(() -> Optional.of(here));
            systems.addAll(RuleReader.names(rules.map()));
        }
        if (wildcard.isPresent() && wildcardSource.isPresent()) {
            return reader(key, os, wildcardSource.get()).read(wildcard.get(), true);
        }
        Reason reason = place.isPresent() ? Reason.NO_OS : Reason.UNKNOWN_KEY;
        return new Missing(key, reason, place.isPresent() ? os.name() : "", place, List.copyOf(systems));
    }

    private static RuleReader reader(String key, TargetOs os, Definitions definitions) {
        return new RuleReader(key, os, definitions.name(), definitions.released());
    }

    /**
     * Resolves many keys, and those that their rules add.
     *
     * @return what was found, and a finding for each key without a usable rule
     * @throws FindingException if a file that is needed cannot be had or read
     */
    public ResolvedKeys resolveAll(Collection<KeyUse> uses, TargetOs os) {
        return new KeyResolver(this, os).resolve(uses);
    }

    /** Name and SHA-256 of every file that was consulted so far. */
    public synchronized SortedMap<String, Digest> consulted() {
        return files.consulted();
    }

    /** Every key of the files consulted so far. */
    synchronized Set<String> knownKeys() {
        Set<String> keys = new HashSet<>();
        sources.stream().flatMap(source -> source.loaded.stream()).forEach(one -> keys.addAll(one.keys()));
        return keys;
    }

    /** Whether this file lists a distribution's releases. */
    synchronized boolean listsReleases(String source) {
        return sources.stream()
                .flatMap(one -> one.loaded.stream())
                .anyMatch(one -> one.released() && one.name().equals(source));
    }

    private List<Source> matching(TargetOs os) {
        Set<String> tags = new HashSet<>(List.of(distro, os.name(), os.codename()));
        return sources.stream().filter(source -> tags.containsAll(source.tags)).toList();
    }

    private static final class Source {
        final Set<String> tags;
        private final Supplier<Definitions> load;
        private Optional<Definitions> loaded = Optional.empty();

        Source(Set<String> tags, Supplier<Definitions> load) {
            this.tags = tags;
            this.load = load;
        }

        Definitions get() {
            if (loaded.isEmpty()) {
                loaded = Optional.of(load.get());
            }
            return loaded.get();
        }
    }
}
