package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.Placement;
import io.rosbalena.finding.Finding;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What stands once for a whole system beside the files of its packages.
 *
 * @param tree the generated files; lies above the packages
 * @param placements how each package is laid out, by its name; for {@link io.rosbalena.apt.deb.PackageTree}
 * @param removed what of the base is gone: files of earlier versions of packages
 * @param accounts every id that is used of those that the lock must keep, old and new
 * @param findings maintainer scripts that are not understood, and other things that nobody will do
 */
public record PlatformState(
        FileTree tree,
        Map<String, Placement> placements,
        SortedSet<TreePath> removed,
        SortedMap<String, Integer> accounts,
        List<Finding> findings) {

    public PlatformState {
        placements = Map.copyOf(placements);
        removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
        findings = List.copyOf(findings);
    }

    /** Computes the state; pure but for reading the base. */
    public static PlatformState of(PlatformInput input) throws IOException {
        Unpacking unpacking = Unpacking.of(input);
        StateDraft draft = new StateDraft(input, unpacking);
        RootLinks.write(input, draft);
        MaintainerScripts scripts = MaintainerScripts.read(input.packages(), input.unknownScripts(), draft);
        Accounts accounts = Accounts.write(input, scripts.accounts(), draft);
        Recipes.Applied recipes = Recipes.standard().apply(input.packages(), scripts.recipes(), accounts, draft);
        Alternatives.write(scripts.alternatives(), draft);
        LoginShells.write(scripts.shells(), draft);
        CertificateStore.write(draft);
        PamStack.write(draft);
        LoaderCache.write(input, unpacking, draft);
        AptMarks.write(input, draft);
        DpkgDatabase.write(input, unpacking, recipes, draft);
        Map<String, Placement> placements = new HashMap<>();
        for (DebFacts facts : input.packages()) {
            placements.put(
                    facts.name(),
                    unpacking
                            .placement(facts)
                            .with(recipes.ownerships().getOrDefault(facts.name(), Map.of()))
                            .with(StatOverrides.of(facts, unpacking, accounts)));
        }
        FileTree tree = draft.generated();
        return new PlatformState(tree, placements, draft.removed(), accounts.ids(), draft.findings());
    }

    /** How one of the packages is laid out. */
    public Placement placement(String packageName) {
        Placement placement = placements.get(packageName);
        if (placement == null) {
            throw new IllegalArgumentException(packageName + " is none of the packages");
        }
        return placement;
    }
}
