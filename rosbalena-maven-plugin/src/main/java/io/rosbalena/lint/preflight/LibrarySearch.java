package io.rosbalena.lint.preflight;

import io.rosbalena.apt.elf.Linkage;
import io.rosbalena.apt.state.LoaderNames;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds a shared library as the loader of glibc does ({@code ld.so(8)}): RPATH, LD_LIBRARY_PATH, RUNPATH, the cache,
 * the folders that are built in. One for another processor is passed over. The RPATH of programs that load a library is
 * not looked at: what only they find counts as standing elsewhere.
 */
final class LibrarySearch {
    private static final String CACHE = "/etc/ld.so.cache";

    private final ContainerView view;
    private final LoaderNames cache;
    private final Map<TreePath, Boolean> usable = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    /** What came of a search. */
    enum Outcome {
        FOUND,
        /** There is one, for another processor. */
        OTHER_PROCESSOR,
        /** There is one where the loader does not look. */
        ELSEWHERE,
        NOWHERE
    }

    /**
     * How a search ended.
     *
     * @param place of what was found, links followed
     */
    record Result(Outcome outcome, Optional<TreePath> place) {}

    /** @param supplies what of the image is known without a look into it */
    LibrarySearch(ContainerView view, List<Supply> supplies) throws IOException {
        this.view = view;
        supplies.forEach(supply -> supply.objects()
                .forEach((path, linkage) -> usable.put(path, view.processor().runs(linkage))));
        this.cache = LoaderNames.of(
                view.files().read(CACHE).orElse(new byte[0]), view.processor().kind());
        view.files().entries().stream()
                .filter(entry -> !entry.isDirectory())
                .map(entry -> entry.path().name())
                .filter(name -> name.contains(".so"))
                .forEach(names::add);
    }

    /**
     * Searches what a file needs.
     *
     * @param name as the file says it: the name of a library, or with a slash its path
     * @param file where the needing one stands
     */
    Result find(String name, Linkage needing, TreePath file) throws IOException {
        boolean other = false;
        for (String path : places(name, needing, file)) {
            Optional<Entry> found = view.files().find(path).filter(Entry::isFile);
            if (found.isPresent() && isUsable(found.get())) {
                return new Result(Outcome.FOUND, Optional.of(found.get().path()));
            }
            other |= found.isPresent();
        }
        if (other) {
            return new Result(Outcome.OTHER_PROCESSOR, Optional.empty());
        }
        boolean elsewhere = names.contains(name.substring(name.lastIndexOf('/') + 1));
        return new Result(elsewhere ? Outcome.ELSEWHERE : Outcome.NOWHERE, Optional.empty());
    }

    /** Whether the loader finds a library by its name alone. */
    boolean isKnownToTheLoader(TreePath file) {
        return cache.paths(file.name()).contains(file.absolute());
    }

    private List<String> places(String name, Linkage needing, TreePath file) {
        String origin = file.parent().absolute();
        if (name.contains("/")) {
            return List.of(expanded(name, origin));
        }
        List<String> folders = new ArrayList<>();
        String runpath = needing.runpath();
        if (runpath.isEmpty()) {
            folders.addAll(folders(needing.rpath(), origin));
        }
        view.folders("LD_LIBRARY_PATH").forEach(folder -> folders.add(expanded(folder, origin)));
        folders.addAll(folders(runpath, origin));
        List<String> places = new ArrayList<>();
        folders.forEach(folder -> places.add(folder + "/" + name));
        places.addAll(cache.paths(name));
        String triplet = view.processor().triplet();
        for (String folder : List.of("/lib/" + triplet, "/usr/lib/" + triplet, "/lib", "/usr/lib", "/lib64")) {
            places.add(folder + "/" + name);
        }
        return places;
    }

    private List<String> folders(String list, String origin) {
        return list.isEmpty()
                ? List.of()
                : Arrays.stream(list.split(":", -1))
                        .map(folder -> expanded(folder, origin))
                        .toList();
    }

    private String expanded(String path, String origin) {
        String text = path;
        for (Map.Entry<String, String> token : Map.of(
                        "ORIGIN",
                        origin,
                        "LIB",
                        "lib/" + view.processor().triplet(),
                        "PLATFORM",
                        view.processor().loaderName())
                .entrySet()) {
            text = text.replace("${" + token.getKey() + "}", token.getValue())
                    .replace("$" + token.getKey(), token.getValue());
        }
        return view.absolute(text);
    }

    private boolean isUsable(Entry library) throws IOException {
        Boolean known = usable.get(library.path());
        if (known == null) {
            known = readUsable(library);
            usable.put(library.path(), known);
        }
        return known;
    }

    private boolean readUsable(Entry library) throws IOException {
        Integer kind = view.kinds().get(library.path());
        if (kind != null) {
            return kind == view.processor().kind();
        }
        return Linkage.read(library.content()).filter(view.processor()::runs).isPresent();
    }
}
