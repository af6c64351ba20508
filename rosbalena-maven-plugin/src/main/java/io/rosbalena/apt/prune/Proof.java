package io.rosbalena.apt.prune;

import io.rosbalena.tree.TreePath;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows that nothing that is left needs what went, by the names that programs are linked with and Python code imports. */
public final class Proof {
    /** Where Python looks: its own library, and what packages add. */
    private static final Pattern MODULE = Pattern.compile(
            ".*/python3[0-9.]*/(?:(?:dist|site)-packages/|lib-dynload/)?([A-Za-z_]\\w*)(?:/__init__\\.py|\\.py|\\.[^/]*so)");

    private Proof() {}

    /**
     * A package that is left or went.
     *
     * @param name its name
     * @param files paths of its files and links
     */
    public record Holder(String name, Collection<TreePath> files) {
        public Holder {
            files = List.copyOf(files);
        }
    }

    /**
     * A package that is left.
     *
     * @param name its name
     * @param needs what its files need
     */
    public record Needing(String name, FileNeeds needs) {}

    /**
     * What must come back.
     *
     * @param left what is left, with the files of the base below
     * @param went what can be left out
     * @param needing what is left
     * @return by the name of the package that must come back, why, for example {@code cmake: /usr/bin/x needs liby.so.1}
     */
    public static SortedMap<String, String> objections(
            Collection<Holder> left, Collection<Holder> went, Collection<Needing> needing) {
        Set<String> libraries = new HashSet<>();
        Set<String> modules = new HashSet<>();
        for (Holder holder : left) {
            for (TreePath file : holder.files()) {
                libraries.add(file.name());
                module(file, modules);
            }
        }
        SortedMap<String, String> back = new TreeMap<>();
        for (Holder holder : went) {
            Set<String> offeredLibraries = new HashSet<>();
            Set<String> offeredModules = new HashSet<>();
            for (TreePath file : holder.files()) {
                if (file.name().contains(".so")) {
                    offeredLibraries.add(file.name());
                }
                module(file, offeredModules);
            }
            offeredLibraries.removeAll(libraries);
            offeredModules.removeAll(modules);
            for (Needing one : needing) {
                one.needs().libraries().stream()
                        .filter(offeredLibraries::contains)
                        .findFirst()
                        .ifPresent(
                                library -> back.putIfAbsent(holder.name(), one.name() + " is linked with " + library));
                one.needs().modules().stream()
                        .filter(offeredModules::contains)
                        .findFirst()
                        .ifPresent(module -> back.putIfAbsent(holder.name(), one.name() + " imports " + module));
            }
        }
        return back;
    }

    private static void module(TreePath file, Set<String> modules) {
        Matcher matcher = MODULE.matcher(file.text());
        if (matcher.matches()) {
            modules.add(matcher.group(1));
        }
    }
}
