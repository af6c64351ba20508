package io.rosbalena.lint.preflight;

import io.rosbalena.apt.elf.Linkage;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Every library that a program or shared object is linked with is in the image and for its processor. */
public final class LibraryCheck {
    /** Where a package of the workspace has what runs; elsewhere may be the firmware of something else. */
    private static final Pattern RUNS = Pattern.compile("ros2_ws/install/[^/]+/(lib|bin)/.*");

    private static final Pattern WORKSPACE = Pattern.compile("ros2_ws/install/.*");

    private final ContainerView view;
    private final Offers offers;
    private final Findings findings;
    private final LibrarySearch search;
    private final SupplyCheck supplies;

    private LibraryCheck(
            ContainerView view, LibrarySearch search, SupplyCheck supplies, Offers offers, Findings findings) {
        this.view = view;
        this.supplies = supplies;
        this.offers = offers;
        this.findings = findings;
        this.search = search;
    }

    /**
     * Checks the files of some parts, and what these load of supplies.
     *
     * @param supplies what the image holds besides
     * @param offers who has what is missing
     * @param findings gets RB430 to RB433, RB441, RB442
     */
    public static void check(
            ContainerView view, List<Part> parts, List<Supply> supplies, Offers offers, Findings findings)
            throws IOException, InterruptedException {
        LibrarySearch search = new LibrarySearch(view, supplies);
        SupplyCheck supplied = new SupplyCheck(view, supplies, search, offers, findings);
        LibraryCheck check = new LibraryCheck(view, search, supplied, offers, findings);
        for (Part part : parts) {
            check.check(part);
        }
        supplied.check();
    }

    /** A library that was searched in vain, and how. */
    private record Lack(String name, LibrarySearch.Outcome outcome) implements Comparable<Lack> {
        @Override
        public int compareTo(Lack other) {
            return name.equals(other.name) ? outcome.compareTo(other.outcome) : name.compareTo(other.name);
        }
    }

    private void check(Part part) throws IOException, InterruptedException {
        SortedMap<Lack, List<TreePath>> lacks = new TreeMap<>();
        List<TreePath> foreign = new ArrayList<>();
        for (Entry entry : part.files().entries()) {
            Optional<Linkage> object = entry.isFile() ? Linkage.read(entry.content()) : Optional.empty();
            if (object.isEmpty()) {
                continue;
            }
            if (!view.processor().runs(object.get())) {
                if (isMeantToRun(entry.path())) {
                    foreign.add(entry.path());
                }
            } else if (isStartable(part, entry.path(), object.get())) {
                search(entry.path(), object.get(), part, lacks);
            }
        }
        if (!foreign.isEmpty()) {
            tell(
                    part,
                    0,
                    Finding.error(
                                    "RB432",
                                    files(foreign) + (foreign.size() == 1 ? " is" : " are")
                                            + " for another processor than "
                                            + view.processor().architecture())
                            .fix("bring it compiled for " + view.processor().architecture()
                                    + ", or install it only for its platform"));
        }
        for (Map.Entry<Lack, List<TreePath>> lack : lacks.entrySet()) {
            tell(part, lack.getKey(), lack.getValue());
        }
    }

    private static boolean isMeantToRun(TreePath path) {
        return !WORKSPACE.matcher(path.text()).matches()
                || RUNS.matcher(path.text()).matches();
    }

    /** Whether the loader that a program names is there; one of another C library has rules of its own. */
    private boolean isStartable(Part part, TreePath file, Linkage object) {
        String interpreter = object.interpreter();
        if (interpreter.isEmpty()) {
            return true;
        }
        if (view.files().find(interpreter).isEmpty()) {
            tell(
                    part,
                    0,
                    Finding.error(
                                    "RB433",
                                    file.absolute() + " is started by " + interpreter + ", which is not in the image")
                            .fix("compile it for the image's system, or link it statically"));
            return false;
        }
        return interpreter.contains("/ld-linux");
    }

    private void search(TreePath file, Linkage object, Part part, SortedMap<Lack, List<TreePath>> lacks)
            throws IOException {
        for (String name : object.needed()) {
            LibrarySearch.Result result = search.find(name, object, file);
            result.place().ifPresent(place -> supplies.reach(place, file, part));
            if (result.outcome() != LibrarySearch.Outcome.FOUND) {
                lacks.computeIfAbsent(new Lack(name, result.outcome()), any -> new ArrayList<>())
                        .add(file);
            }
        }
    }

    private void tell(Part part, Lack lack, List<TreePath> files) throws IOException, InterruptedException {
        String needs = files(files) + (files.size() == 1 ? " needs " : " need ") + lack.name();
        switch (lack.outcome()) {
            case ELSEWHERE ->
                tell(
                        part,
                        0,
                        Finding.warning(
                                        "RB431",
                                        needs + ", which stands in the image where the loader does not look for it")
                                .fix("link with INSTALL_RPATH \"$ORIGIN/…\", or set LD_LIBRARY_PATH in environment:"));
            case OTHER_PROCESSOR ->
                tell(
                        part,
                        0,
                        Finding.error(
                                        "RB432",
                                        needs + ", and what the image has of this name is not for "
                                                + view.processor().architecture())
                                .fix("bring it compiled for " + view.processor().architecture()));
            default -> {
                Optional<Offers.Offer> offer = offers.library(lack.name(), part.packageName());
                tell(
                        part,
                        offer.map(Offers.Offer::line).orElse(0),
                        Finding.error("RB430", needs + ", which is not in the image")
                                .fix(offer.map(Offers.Offer::fix)
                                        .orElse(
                                                "nothing that is locked or compiled has it: name the Debian package that"
                                                        + " does in x-rosbalena.apt, or its key in an <exec_depend>")));
            }
        }
    }

    private static String files(List<TreePath> files) {
        return files.get(0).absolute() + (files.size() == 1 ? "" : " and " + (files.size() - 1) + " other files");
    }

    private void tell(Part part, int line, Finding finding) {
        Finding placed =
                line > 0 ? finding.at(part.place().file(), line) : part.place().place(finding);
        Finding inService = placed.inService(view.service().name());
        findings.add(part.packageName().map(inService::inPackage).orElse(inService));
    }
}
