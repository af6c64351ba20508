package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.Ownership;
import io.rosbalena.finding.Finding;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What stands once for a whole system beside the files of its packages.
 *
 * @param tree the generated files; lies above the packages
 * @param ownerships owners and modes that scripts would have set, by package name and path; for {@link
 *     io.rosbalena.apt.deb.PackageTree}
 * @param accounts every id that is used of those that the lock must keep, old and new
 * @param findings maintainer scripts that are not understood, and other things that nobody will do
 */
public record PlatformState(
        FileTree tree,
        Map<String, Map<TreePath, Ownership>> ownerships,
        SortedMap<String, Integer> accounts,
        List<Finding> findings) {

    public PlatformState {
        ownerships = Map.copyOf(ownerships);
        findings = List.copyOf(findings);
    }

    /** Computes the state; pure but for reading the base. */
    public static PlatformState of(PlatformInput input) throws IOException {
        StateDraft draft = new StateDraft(input.packages(), input.rewrite(), input.base());
        RootLinks.write(input, draft);
        MaintainerScripts scripts = MaintainerScripts.read(input.packages(), input.unknownScripts(), draft);
        Accounts accounts = Accounts.write(input, scripts.accounts(), draft);
        Recipes.Applied recipes = Recipes.standard().apply(input.packages(), scripts.recipes(), accounts, draft);
        Alternatives.write(scripts.alternatives(), draft);
        LoginShells.write(scripts.shells(), draft);
        CertificateStore.write(draft);
        PamStack.write(draft);
        LoaderCache.write(input, draft);
        AptMarks.write(input, draft);
        DpkgDatabase.write(input, recipes, draft);
        return new PlatformState(draft.generated(), recipes.ownerships(), accounts.ids(), draft.findings());
    }

    /** The owners and modes to set in one package's tree. */
    public Map<TreePath, Ownership> ownerships(String packageName) {
        return ownerships.getOrDefault(packageName, Map.of());
    }
}
