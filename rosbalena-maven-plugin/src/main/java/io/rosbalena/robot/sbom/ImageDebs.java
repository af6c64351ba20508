package io.rosbalena.robot.sbom;

import io.rosbalena.apt.Deb822;
import io.rosbalena.apt.Stanza;
import io.rosbalena.apt.deb.CopyrightFile;
import io.rosbalena.apt.state.BaseFiles;
import io.rosbalena.apt.state.DebFacts;
import io.rosbalena.apt.state.FileFact;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out which Debian packages an image holds: those that the base brought, and those that the lock adds. */
final class ImageDebs {
    private static final String STATUS = "/var/lib/dpkg/status";

    private static final TreePath DOC = TreePath.parse("usr/share/doc");

    /** The file stands in the one place, and is a link to it in the other ({@code os-release(5)}). */
    private static final List<String> OS_RELEASE = List.of("usr/lib/os-release", "etc/os-release");

    private final SystemState states;
    private final List<ImageDeb> ofBase;
    private final BaseFiles base;

    private ImageDebs(SystemState states, List<ImageDeb> ofBase, BaseFiles base) {
        this.states = states;
        this.ofBase = List.copyOf(ofBase);
        this.base = base;
    }

    /**
     * Reads what a platform's base holds.
     *
     * @param states tells the facts of the lock's packages
     */
    static ImageDebs on(Base base, SystemState states) throws IOException {
        BaseFiles files = base.files();
        List<ImageDeb> there = new ArrayList<>();
        for (Stanza stanza : Deb822.parse(text(files, STATUS))) {
            if (stanza.get("Status").filter("install ok installed"::equals).isPresent()) {
                String copyright =
                        text(files, CopyrightFile.path(stanza.get("Package").orElse("")));
                there.add(ImageDeb.of(stanza, Optional.empty(), CopyrightFile.licenses(copyright)));
            }
        }
        return new ImageDebs(states, there, files);
    }

    /** What an image holds with these packages of the lock. */
    List<ImageDeb> with(List<LockedPackage> packages) throws IOException, InterruptedException {
        List<DebFacts> facts = states.facts(packages);
        Map<String, DebFacts> byName = new HashMap<>();
        facts.forEach(one -> byName.put(one.name(), one));
        List<ImageDeb> added = new ArrayList<>();
        for (int i = 0; i < packages.size(); i++) {
            DebFacts one = facts.get(i);
            added.add(ImageDeb.of(one.stanza().stanza(), Optional.of(packages.get(i)), licenses(one, byName)));
        }
        List<ImageDeb> all = new ArrayList<>(added);
        for (ImageDeb one : ofBase) {
            if (added.stream().noneMatch(other -> other.replaces(one))) {
                all.add(one);
            }
        }
        return all;
    }

    /** The text of os-release in an image with these packages of the lock; empty if there is none. */
    String osRelease(List<LockedPackage> packages) throws IOException, InterruptedException {
        for (DebFacts one : states.facts(packages)) {
            for (String path : OS_RELEASE) {
                Optional<Content> content = Optional.ofNullable(one.contents().get(new TreePath(path)));
                if (content.isPresent()) {
                    return new String(content.get().bytes(), StandardCharsets.UTF_8);
                }
            }
        }
        return text(base, "/etc/os-release");
    }

    /** Packages of one source may have the folder of their documentation, or the file, in common (Debian policy 12.5). */
    private static List<String> licenses(DebFacts facts, Map<String, DebFacts> others) {
        TreePath folder = DOC.resolve(facts.name());
        TreePath file = folder.resolve("copyright");
        for (FileFact one : facts.files()) {
            if (one.kind() == Entry.Kind.SYMLINK
                    && (one.path().equals(folder) || one.path().equals(file))) {
                String[] names = one.target().split("/", -1);
                int last = names.length - (one.path().equals(folder) ? 1 : 2);
                return Optional.ofNullable(last < 0 ? null : others.get(names[last]))
                        .map(DebFacts::licenses)
                        .orElse(List.of());
            }
        }
        return facts.licenses();
    }

    private static String text(BaseFiles files, String path) throws IOException {
        return files.read(path)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
    }
}
