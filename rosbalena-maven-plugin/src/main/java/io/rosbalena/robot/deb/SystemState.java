package io.rosbalena.robot.deb;

import io.rosbalena.apt.deb.DebFile;
import io.rosbalena.apt.deb.UnpackedDebs;
import io.rosbalena.apt.prune.DebNeedsStage;
import io.rosbalena.apt.prune.FileNeeds;
import io.rosbalena.apt.prune.Proof;
import io.rosbalena.apt.state.DebFacts;
import io.rosbalena.apt.state.DebFactsStage;
import io.rosbalena.apt.state.PlatformInput;
import io.rosbalena.apt.state.PlatformState;
import io.rosbalena.apt.state.UnknownScripts;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.surroundings.Begun;
import io.rosbalena.robot.surroundings.Parallel;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Remembered;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The state that installing a set of packages leaves: computed from facts that the store remembers of each package. */
public final class SystemState implements Closeable {
    private final UnknownScripts unknownScripts;
    private final SetIdPolicy setId;
    private final Surroundings surroundings;
    private final UnpackedDebs unpacked;
    private final Remembered<DebFactsStage.Input, DebFacts> facts;
    private final Remembered<DebNeedsStage.Input, FileNeeds> needs;
    private final Begun<Digest, DebFacts> known = new Begun<>();

    private final Begun<Asked, PlatformState> states = new Begun<>();

    /** What must come into the store before one of its packages can be opened. */
    private final List<Awaited> awaited = new ArrayList<>();

    private record Awaited(List<LockedPackage> packages, Base base) {}

    /** All that tells one state from another here, where a platform has one base. */
    private record Asked(
            List<LockedPackage> packages,
            List<LockedPackage> pruned,
            boolean documented,
            SortedMap<String, Integer> accounts,
            Platform platform) {}

    /**
     * Opens packages of the store; closing gives back the space that they were unpacked into.
     *
     * @param unknownScripts what is said of scripts that are not understood
     * @param setId which packages may bring programs that run with their owner's rights
     */
    public SystemState(UnknownScripts unknownScripts, SetIdPolicy setId, Surroundings surroundings) {
        this.setId = setId;
        this.unknownScripts = unknownScripts;
        this.surroundings = surroundings;
        this.unpacked = UnpackedDebs.in(surroundings.store().temporary());
        this.facts = new Remembered<>(new DebFactsStage(unpacked), surroundings.store(), surroundings.results());
        this.needs = new Remembered<>(new DebNeedsStage(unpacked), surroundings.store());
    }

    /** The ids that all images of a platform need, those of the draft kept. */
    public SortedMap<String, Integer> accounts(LockedPlatform draft, Platform platform, Base base)
            throws IOException, InterruptedException {
        return of(inImages(draft), List.of(), true, draft, platform, base).accounts();
    }

    /** The packages that stand in images, not in the build root alone. */
    public static List<LockedPackage> inImages(LockedPlatform locked) {
        return locked.packages().stream().filter(SystemState::isInImages).toList();
    }

    private static boolean isInImages(LockedPackage one) {
        return !one.layer().equals(LockedPackage.NO_LAYER);
    }

    /**
     * Begins to compute the state of all packages of the images, so that it is there when it is asked for.
     *
     * @param base the platform's, open until this is closed
     */
    public void begin(boolean documented, LockedPlatform locked, Platform platform, Base base) {
        begin(new Asked(inImages(locked), List.of(), documented, locked.accounts(), platform), base);
    }

    private void begin(Asked asked, Base base) {
        states.begin(asked, () -> compute(asked, base));
    }

    /**
     * The state of these packages on a base; computed once.
     *
     * @param pruned what these packages depend on and run without
     * @param documented whether their documentation is there
     * @throws io.rosbalena.finding.FindingException RB245 with all scripts that are not understood, if that is an error;
     *     RB247 with all programs that run with their owner's rights and may not
     */
    public PlatformState of(
            List<LockedPackage> packages,
            List<LockedPackage> pruned,
            boolean documented,
            LockedPlatform locked,
            Platform platform,
            Base base)
            throws IOException, InterruptedException {
        Asked asked = new Asked(packages, pruned, documented, locked.accounts(), platform);
        begin(asked, base);
        return states.get(asked);
    }

    private PlatformState compute(Asked asked, Base base) throws IOException, InterruptedException {
        List<LockedPackage> packages = asked.packages();
        SortedMap<String, String> versions = new TreeMap<>();
        asked.pruned().forEach(one -> versions.put(one.name(), one.version()));
        PlatformState state = PlatformState.of(new PlatformInput(
                asked.platform().architecture(),
                asked.documented()
                        ? facts(packages)
                        : facts(packages).stream()
                                .map(DebFacts::withoutDocumentation)
                                .toList(),
                versions,
                packages.stream()
                        .filter(LockedPackage::auto)
                        .map(LockedPackage::name)
                        .collect(Collectors.toSet()),
                base.rewrite(),
                base.files(),
                unknownScripts,
                asked.accounts()));
        Findings errors = new Findings();
        errors.addAll(state.findings());
        setId.check(packages, facts(packages), errors);
        errors.throwIfErrors();
        return state;
    }

    /**
     * Brings packages of an image into the store. If their facts are known, that waits until one of them is opened: their
     * layers may be known, too.
     */
    public void ensure(List<LockedPackage> packages, Base base) throws IOException {
        if (areThere(packages)) {
            return;
        }
        List<Optional<DebFacts>> found =
                facts.findAll(packages.stream().map(this::input).toList());
        boolean complete = true;
        for (int i = 0; i < packages.size(); i++) {
            Digest deb = packages.get(i).sha256();
            found.get(i).ifPresent(one -> known.begin(deb, () -> one));
            complete &= found.get(i).isPresent();
        }
        if (complete) {
            await(new Awaited(packages, base));
        } else {
            Mirrors.ensure(packages, base, surroundings, this::read);
        }
    }

    private boolean areThere(List<LockedPackage> packages) throws IOException {
        boolean there = true;
        for (LockedPackage one : packages) {
            there &= surroundings.store().has(one.sha256(), one.size());
        }
        return there;
    }

    private synchronized void await(Awaited one) {
        awaited.add(one);
    }

    private synchronized void fetchAwaited(LockedPackage wanted) throws IOException {
        for (Awaited one : List.copyOf(awaited)) {
            if (one.packages().contains(wanted)) {
                Mirrors.ensure(one.packages(), one.base(), surroundings, this::read);
                awaited.remove(one);
            }
        }
    }

    /** Whether a package is in the store, or will be as soon as it is opened. */
    public synchronized boolean canOpen(LockedPackage one) {
        return surroundings.store().has(one.sha256())
                || awaited.stream().anyMatch(all -> all.packages().contains(one));
    }

    /** Opens a package that is in the store or awaited; it is unpacked only once, for its facts or for its files. */
    DebFile open(LockedPackage one) throws IOException {
        if (!surroundings.store().has(one.sha256())) {
            fetchAwaited(one);
        }
        return unpacked.open(surroundings.store().path(one.sha256()), one.sha256(), label(one));
    }

    /** What the files of packages that are in the store need of others. */
    public List<Proof.Needing> needs(List<LockedPackage> packages) throws IOException, InterruptedException {
        return Parallel.map(
                packages,
                one -> new Proof.Needing(
                        one.name(),
                        needs.get(
                                        new DebNeedsStage.Input(
                                                surroundings.store().path(one.sha256()), one.sha256(), label(one)),
                                        surroundings.console())
                                .value()));
    }

    private static String label(LockedPackage one) {
        return one.name() + " " + one.version();
    }

    @Override
    public void close() throws IOException {
        states.close();
        known.close();
        unpacked.close();
    }

    /** Begins to read the facts of a package that is in the store, so that they are there when they are asked for. */
    public void read(LockedPackage one) {
        known.begin(
                one.sha256(),
                () -> facts.get(input(one), surroundings.console()).value());
    }

    private DebFactsStage.Input input(LockedPackage one) {
        return new DebFactsStage.Input(surroundings.store().path(one.sha256()), one.sha256(), label(one));
    }

    /** The same for a package that stands in an image; of others nobody asks while locking. */
    public void readIfInImages(LockedPackage one) {
        if (isInImages(one)) {
            read(one);
        }
    }

    /** The facts of packages that are in the store. */
    public List<DebFacts> facts(List<LockedPackage> packages) throws IOException, InterruptedException {
        // The largest first, or the last one keeps a single processor busy while the others have nothing left to do.
        packages.stream()
                .sorted(Comparator.comparingLong(LockedPackage::size).reversed())
                .forEach(this::read);
        List<DebFacts> all = new ArrayList<>();
        for (LockedPackage one : packages) {
            all.add(known.get(one.sha256()));
        }
        return all;
    }
}
