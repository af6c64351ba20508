package io.rosbalena.apt.state;

import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /etc/ld.so.cache} as ldconfig writes it after its trigger, for any architecture; a base's cache is kept and
 * added to. Links that ldconfig would make for a library whose soname has no file are made, too.
 */
final class LoaderCache {
    private static final String FILE = "/etc/ld.so.cache";

    /** Kinds of library that ldconfig of an architecture takes, besides its own the 32-bit ones that it can run. */
    private static final Map<String, Set<Integer>> KINDS = Map.of(
            "amd64", Set.of(0x0303, 0x0003, 0x0803),
            "arm64", Set.of(0x0a03, 0x0903, 0x0b03),
            "armhf", Set.of(0x0903, 0x0b03),
            "i386", Set.of(0x0003),
            "riscv64", Set.of(0x1003));

    private final StateDraft draft;
    private final Map<TreePath, LibraryFact> libraries = new HashMap<>();
    private final Set<TreePath> known = new HashSet<>();
    private final Set<Integer> kinds;
    private final boolean withOsVersion;

    /** A library found under one soname in a directory. */
    private record Found(String name, boolean link, LibraryFact library) {}

    private LoaderCache(PlatformInput input, Unpacking unpacking, StateDraft draft, boolean withOsVersion) {
        this.draft = draft;
        this.withOsVersion = withOsVersion;
        this.kinds = KINDS.getOrDefault(input.architecture(), Set.of());
        for (DebFacts facts : input.packages()) {
            for (LibraryFact library : facts.libraries()) {
                if (kinds.contains(library.flags())) {
                    libraries.put(unpacking.rewrite(facts).place(library.path()), library);
                }
            }
        }
    }

    static void write(PlatformInput input, Unpacking unpacking, StateDraft draft) throws IOException {
        Optional<LoaderCacheFile> before = draft.read(FILE).flatMap(LoaderCacheFile::parse);
        Optional<String> generator = input.packages().stream()
                .flatMap(facts -> facts.loaderGenerator().stream())
                .findFirst();
        boolean hasLdconfig = generator.isPresent()
                || before.isPresent()
                || draft.exists("/sbin/ldconfig")
                || draft.exists("/usr/sbin/ldconfig");
        LoaderCache cache = new LoaderCache(input, unpacking, draft, isBefore236(generator, before));
        if (!hasLdconfig || cache.libraries.isEmpty()) {
            return;
        }
        List<LoaderEntry> kept = cache.kept(before);
        List<LoaderEntry> entries = new ArrayList<>();
        Set<TreePath> seen = new HashSet<>();
        for (String directory : LoaderDirectories.of(input.architecture(), draft)) {
            Optional<TreePath> real = draft.directory(directory);
            if (real.isPresent() && seen.add(real.get())) {
                entries.addAll(cache.search(directory, !cache.known.contains(real.get())));
            }
        }
        LoaderCacheFile file =
                new LoaderCacheFile(kept, before.flatMap(LoaderCacheFile::generator)).with(entries, generator);
        draft.put(Entry.file(TreePath.parse(FILE), 0644, file.bytes()));
    }

    /** What the base's cache says of libraries that are still there. Notes the directories that it was made from. */
    private List<LoaderEntry> kept(Optional<LoaderCacheFile> before) throws IOException {
        List<LoaderEntry> kept = new ArrayList<>();
        for (LoaderEntry entry : before.map(LoaderCacheFile::entries).orElse(List.of())) {
            draft.directory(entry.path().substring(0, entry.path().lastIndexOf('/') + 1))
                    .ifPresent(known::add);
            Optional<TreePath> place = draft.resolve(entry.path());
            if (place.isPresent() && !libraries.containsKey(place.get()) && draft.exists(entry.path())) {
                kept.add(entry);
            }
        }
        return kept;
    }

    /** A library of the base in a directory that its cache was not made from. */
    private Optional<LibraryFact> ofBase(TreePath place) throws IOException {
        Optional<byte[]> bytes = draft.read(place.absolute());
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        return ElfLibrary.read(Content.of(bytes.get()))
                .map(found -> found.at(place))
                .filter(library -> kinds.contains(library.flags()));
    }

    /**
     * The libraries of one directory: one for each soname, a file rather than a link, the newest rather than others.
     *
     * @param ofBase whether those of the base are looked at, too
     */
    private List<LoaderEntry> search(String directory, boolean ofBase) throws IOException {
        Map<String, Found> bySoname = new HashMap<>();
        for (String name : draft.names(directory)) {
            if (!ElfLibrary.isNamedLikeOne(name)) {
                continue;
            }
            String path = directory + "/" + name;
            boolean link = draft.itself(path)
                    .filter(fact -> fact.kind() == Entry.Kind.SYMLINK)
                    .isPresent();
            Optional<TreePath> place = draft.resolve(path);
            LibraryFact library = place.map(libraries::get).orElse(null);
            if (library == null && ofBase && place.isPresent()) {
                library = ofBase(place.get()).orElse(null);
            }
            if (library == null) {
                continue;
            }
            String soname = library.soname().isEmpty() ? name : library.soname();
            // A link with another name than the soname is an implementation of its own, unless it is for the linker.
            boolean plainLink = link && (name.equals(soname) || name.endsWith(".so"));
            String key = plainLink ? name : soname;
            Found found = new Found(name, plainLink, library);
            Found before = bySoname.get(key);
            if (before == null
                    || (before.link() && !plainLink)
                    || (before.link() == plainLink && LoaderEntry.compareNames(before.name(), name) < 0)) {
                bySoname.put(key, found);
            }
        }
        List<LoaderEntry> entries = new ArrayList<>();
        for (Map.Entry<String, Found> one : bySoname.entrySet()) {
            String path = directory + "/" + one.getKey();
            Found found = one.getValue();
            if (!found.link() && !found.name().equals(one.getKey()) && !draft.existsItself(path)) {
                draft.symlink(path, found.name());
            }
            entries.add(new LoaderEntry(
                    one.getKey(),
                    path,
                    found.library().flags(),
                    withOsVersion ? found.library().osVersion() : 0,
                    0));
        }
        return entries;
    }

    /** glibc 2.36 no longer notes the oldest kernel of each library. */
    private static boolean isBefore236(Optional<String> generator, Optional<LoaderCacheFile> before) {
        String signature =
                generator.or(() -> before.flatMap(LoaderCacheFile::generator)).orElse("");
        return signature.matches(".* version 2\\.(2[0-9]|3[0-5])");
    }
}
