package io.rosbalena.lint.preflight;

import io.rosbalena.apt.elf.Linkage;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Every library that Debian packages and wheels are linked with is in the image. What the user's own programs load must
 * have it, or they do not start. Of the rest only what stands where it is meant to be used by a name is looked at: many a
 * plugin lacks what its package only suggests, and is never loaded.
 */
final class SupplyCheck {
    /** Programs that are called by name, and modules of Python. */
    private static final Pattern USED_BY_NAME =
            Pattern.compile("(usr/)?(local/)?s?bin/[^/]+|.*\\.(cpython-[^/.]+|abi3)(-[^/]*)?\\.so");

    /** What the driver of a graphics processor brings, on a machine that has one. */
    private static final Pattern OF_A_DRIVER = Pattern.compile("lib(cuda|cudadebugger|nvcuvid|nvidia-[a-z-]+)\\.so.*");

    private final ContainerView view;
    private final LibrarySearch search;
    private final Offers offers;
    private final Findings findings;
    private final Map<TreePath, Supply> owners = new HashMap<>();
    private final Map<TreePath, Reached> reached = new HashMap<>();
    /** By owner and what is missing: who needs it. */
    private final SortedMap<String, SortedMap<String, String>> others = new TreeMap<>();

    private final Deque<TreePath> open = new ArrayDeque<>();

    /**
     * A file that others load.
     *
     * @param by the first of these that nobody loads
     * @param part that this one belongs to; empty for a file of a supply
     */
    private record Reached(TreePath by, Optional<Part> part) {}

    SupplyCheck(ContainerView view, List<Supply> supplies, LibrarySearch search, Offers offers, Findings findings) {
        this.view = view;
        this.search = search;
        this.offers = offers;
        this.findings = findings;
        for (Supply supply : supplies) {
            supply.objects().keySet().forEach(path -> owners.put(path, supply));
        }
    }

    /** A file of the user's own loads what stands at a place. */
    void reach(TreePath place, TreePath by, Part part) {
        reach(place, new Reached(by, Optional.of(part)));
    }

    private void reach(TreePath place, Reached way) {
        if (owners.containsKey(place) && reached.putIfAbsent(place, way) == null) {
            open.add(place);
        }
    }

    /** Tells what lacks, once everything is reached that the user's own files load themselves. */
    void check() throws IOException, InterruptedException {
        follow();
        for (TreePath file : new TreeSet<>(owners.keySet())) {
            if (isUsedByName(file)) {
                reach(file, new Reached(file, Optional.empty()));
            }
        }
        follow();
        for (Map.Entry<String, SortedMap<String, String>> one : others.entrySet()) {
            warn(one.getKey(), one.getValue());
        }
    }

    private void follow() throws IOException, InterruptedException {
        while (!open.isEmpty()) {
            TreePath file = open.remove();
            Linkage object = object(file);
            if (view.processor().runs(object)) {
                follow(file, object, Optional.ofNullable(reached.get(file)).orElseThrow());
            }
        }
    }

    private void follow(TreePath file, Linkage object, Reached way) throws IOException, InterruptedException {
        for (String name : object.needed()) {
            LibrarySearch.Result result = search.find(name, object, file);
            result.place().ifPresent(place -> reach(place, way));
            if (isMissing(name, result)) {
                if (way.part().isPresent()) {
                    tell(file, way.by(), way.part().get(), name);
                } else {
                    others.computeIfAbsent(owner(way.by()), any -> new TreeMap<>())
                            .putIfAbsent(
                                    name, way.by().absolute() + (way.by().equals(file) ? "" : " loads " + file.name()));
                }
            }
        }
    }

    /** What only stands elsewhere may be loaded by then, or be found by the RPATH of a program. */
    private static boolean isMissing(String name, LibrarySearch.Result result) {
        return result.outcome() == LibrarySearch.Outcome.NOWHERE
                && !OF_A_DRIVER.matcher(name).matches();
    }

    private Linkage object(TreePath file) {
        return Optional.ofNullable(owners.get(file))
                .map(owner -> owner.objects().get(file))
                .orElseThrow();
    }

    private String owner(TreePath file) {
        return Optional.ofNullable(owners.get(file)).orElseThrow().name();
    }

    private void tell(TreePath file, TreePath by, Part part, String name) throws IOException, InterruptedException {
        Finding finding = Finding.error(
                        "RB441",
                        by.absolute() + " loads " + file.absolute() + " of " + owner(file) + ", which needs " + name
                                + ", and that is not in the image")
                .fix(fix(name));
        Finding placed = part.place().place(finding).inService(view.service().name());
        findings.add(part.packageName().map(placed::inPackage).orElse(placed));
    }

    /** @param lacks what is missing, and who needs it */
    private void warn(String owner, SortedMap<String, String> lacks) throws IOException, InterruptedException {
        SortedSet<String> fixes = new TreeSet<>();
        for (String name : lacks.keySet()) {
            fixes.add(fix(name));
        }
        String first = Optional.ofNullable(lacks.get(lacks.firstKey())).orElseThrow();
        findings.add(view.service()
                .places()
                .of("")
                .place(Finding.warning(
                                "RB442",
                                owner + " needs " + String.join(", ", lacks.keySet())
                                        + ", which the image does not have: " + first)
                        .fix(String.join("; ", fixes)))
                .inService(view.service().name()));
    }

    private boolean isUsedByName(TreePath file) {
        return USED_BY_NAME.matcher(file.text()).matches() || search.isKnownToTheLoader(file);
    }

    private String fix(String name) throws IOException, InterruptedException {
        return offers.library(name, Optional.empty())
                .map(Offers.Offer::fix)
                .orElse(
                        "nothing that is locked or compiled has it: name the Debian package that does in x-rosbalena.apt");
    }
}
