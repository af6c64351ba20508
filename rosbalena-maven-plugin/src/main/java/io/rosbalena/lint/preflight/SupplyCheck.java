package io.rosbalena.lint.preflight;

import io.rosbalena.apt.elf.Linkage;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
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
    private final Deque<TreePath> open = new ArrayDeque<>();

    /**
     * A file that the user's own files load.
     *
     * @param by the first of these
     * @param part that this one belongs to
     */
    private record Reached(TreePath by, Part part) {}

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
        if (owners.containsKey(place) && reached.putIfAbsent(place, new Reached(by, part)) == null) {
            open.add(place);
        }
    }

    /** Tells what lacks, once everything is reached that the user's own files load themselves. */
    void check() throws IOException, InterruptedException {
        while (!open.isEmpty()) {
            TreePath file = open.remove();
            Reached way = Optional.ofNullable(reached.get(file)).orElseThrow();
            for (String name : lacks(file, way)) {
                tell(file, way, name);
            }
        }
        checkTheRest();
    }

    /** What a file lacks; what it loads is reached by what reaches itself. */
    private List<String> lacks(TreePath file, Reached way) throws IOException {
        List<String> lacks = new ArrayList<>();
        Linkage object = object(file);
        if (view.processor().runs(object)) {
            for (String name : object.needed()) {
                LibrarySearch.Result result = search.find(name, object, file);
                result.place().ifPresent(place -> reach(place, way.by(), way.part()));
                if (isMissing(name, result)) {
                    lacks.add(name);
                }
            }
        }
        return lacks;
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

    private void tell(TreePath file, Reached way, String name) throws IOException, InterruptedException {
        String owner = Optional.ofNullable(owners.get(file)).orElseThrow().name();
        Finding finding = Finding.error(
                        "RB441",
                        way.by().absolute() + " loads " + file.absolute() + " of " + owner + ", which needs " + name
                                + ", and that is not in the image")
                .fix(fix(name));
        Finding placed =
                way.part().place().place(finding).inService(view.service().name());
        findings.add(way.part().packageName().map(placed::inPackage).orElse(placed));
    }

    private void checkTheRest() throws IOException, InterruptedException {
        SortedMap<String, SortedMap<String, TreePath>> lacks = new TreeMap<>();
        for (TreePath file : new TreeSet<>(owners.keySet())) {
            Linkage object = object(file);
            if (reached.containsKey(file) || !view.processor().runs(object) || !isUsedByName(file)) {
                continue;
            }
            for (String name : object.needed()) {
                if (isMissing(name, search.find(name, object, file))) {
                    String owner =
                            Optional.ofNullable(owners.get(file)).orElseThrow().name();
                    lacks.computeIfAbsent(owner, any -> new TreeMap<>()).putIfAbsent(name, file);
                }
            }
        }
        for (Map.Entry<String, SortedMap<String, TreePath>> one : lacks.entrySet()) {
            TreePath file = one.getValue().values().iterator().next();
            String names = String.join(", ", one.getValue().keySet());
            findings.add(view.service()
                    .places()
                    .of("")
                    .place(Finding.warning(
                                    "RB442",
                                    file.absolute() + " of " + one.getKey() + " is linked with " + names
                                            + ", which the image does not have")
                            .fix(fix(one.getValue().firstKey())))
                    .inService(view.service().name()));
        }
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
