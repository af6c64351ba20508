package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.ControlArchive;
import io.rosbalena.apt.deb.ControlStanza;
import io.rosbalena.apt.deb.CopyrightFile;
import io.rosbalena.apt.deb.DebFile;
import io.rosbalena.apt.deb.Documentation;
import io.rosbalena.apt.deb.Md5;
import io.rosbalena.apt.elf.Linkages;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that the state of a system depends on of one package.
 *
 * @param stanza its control fields
 * @param files its entries, sorted by path
 * @param conffiles in the package's order
 * @param members names of the files in its control archive, without {@code control} itself
 * @param scripts text of each maintainer script by its name
 * @param triggers words of each line of its triggers file
 * @param libraries shared libraries among the files
 * @param linkages what its programs and shared objects are linked with
 * @param contents bytes of the few files that the state is made of, see {@link StateSources}
 * @param licenses what its copyright file says for machines, see {@link CopyrightFile#licenses}
 * @param loaderGenerator how this package's ldconfig signs an {@code ld.so.cache}; empty for every package but libc's
 */
public record DebFacts(
        ControlStanza stanza,
        List<FileFact> files,
        List<ConffileFact> conffiles,
        SortedSet<String> members,
        SortedMap<String, String> scripts,
        List<List<String>> triggers,
        List<LibraryFact> libraries,
        Linkages linkages,
        SortedMap<TreePath, Content> contents,
        List<String> licenses,
        Optional<String> loaderGenerator) {

    public DebFacts {
        files = List.copyOf(files);
        conffiles = List.copyOf(conffiles);
        members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        scripts = Collections.unmodifiableSortedMap(new TreeMap<>(scripts));
        triggers = List.copyOf(triggers);
        libraries = List.copyOf(libraries);
        contents = Collections.unmodifiableSortedMap(new TreeMap<>(contents));
        licenses = List.copyOf(licenses);
    }

    /** Reads them off a package, whose data is unpacked for it. */
    public static DebFacts of(DebFile deb) throws IOException {
        ControlArchive control = deb.control();
        String name = control.stanza().get("Package").orElseThrow().strip();
        List<FileFact> files = new ArrayList<>();
        List<LibraryFact> libraries = new ArrayList<>();
        SortedMap<TreePath, Content> contents = new TreeMap<>();
        Map<String, Entry> byPath = new HashMap<>();
        Optional<String> generator = Optional.empty();
        List<String> licenses = List.of();
        for (Entry entry : deb.data().entries()) {
            files.add(FileFact.of(entry));
            byPath.put(entry.path().absolute(), entry);
            if (!entry.isFile()) {
                continue;
            }
            if (ElfLibrary.isNamedLikeOne(entry.path().name())) {
                ElfLibrary.read(entry.content())
                        .map(library -> library.at(entry.path()))
                        .ifPresent(libraries::add);
            }
            if (StateSources.isNeeded(entry)) {
                contents.put(entry.path(), Content.of(entry.content().bytes()));
            }
            if (CopyrightFile.isThatOf(name, entry)) {
                licenses = CopyrightFile.licenses(new String(entry.content().bytes(), StandardCharsets.UTF_8));
            }
            if (LoaderGenerator.isLdconfig(entry.path())) {
                generator = LoaderGenerator.find(entry.content());
            }
        }
        List<ConffileFact> conffiles = new ArrayList<>();
        for (ControlArchive.Conffile conffile : control.conffiles()) {
            conffiles.add(new ConffileFact(
                    conffile.path(),
                    md5(Optional.ofNullable(byPath.get(conffile.path())), byPath),
                    conffile.removeOnUpgrade()));
        }
        SortedMap<String, String> scripts = new TreeMap<>();
        for (String script : ControlArchive.SCRIPTS) {
            Optional.ofNullable(control.members().get(script)).ifPresent(member -> scripts.put(script, member.text()));
        }
        return new DebFacts(
                control.stanza(),
                files,
                conffiles,
                new TreeSet<>(control.members().keySet()),
                scripts,
                control.triggers(),
                libraries,
                Linkages.of(deb.data()),
                contents,
                licenses,
                generator);
    }

    /** The same without files that are documentation. */
    public DebFacts withoutDocumentation() {
        return new DebFacts(
                stanza,
                files.stream().filter(file -> !Documentation.holds(file.path())).toList(),
                conffiles,
                members,
                scripts,
                triggers,
                libraries,
                linkages,
                contents,
                licenses,
                loaderGenerator);
    }

    public String name() {
        return field("Package");
    }

    public String version() {
        return field("Version");
    }

    public String architecture() {
        return field("Architecture");
    }

    /** {@code NAME:ARCH} for a Multi-Arch: same package, else {@code NAME}. */
    public String qualifiedName() {
        boolean same = stanza.get("Multi-Arch").map(String::strip).equals(Optional.of("same"));
        return same ? name() + ":" + architecture() : name();
    }

    private String field(String name) {
        return stanza.get(name).orElseThrow().strip();
    }

    private static String md5(Optional<Entry> entry, Map<String, Entry> byPath) throws IOException {
        Optional<Entry> file = entry;
        if (file.isPresent() && file.get().kind() == Entry.Kind.HARDLINK) {
            file = Optional.ofNullable(byPath.get("/" + file.get().target()));
        }
        return file.isPresent() && file.get().isFile() ? Md5.of(file.get().content()) : "newconffile";
    }
}
