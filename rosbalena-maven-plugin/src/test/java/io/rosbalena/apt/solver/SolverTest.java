package io.rosbalena.apt.solver;

import static io.rosbalena.apt.index.CandidateTables.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.Deb822;
import io.rosbalena.apt.DebianVersion;
import io.rosbalena.apt.index.CandidateTable;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SolverTest {

    private static List<String> solve(CandidateTable table, String... roots) {
        return names(Solver.solve(table, SolveRequest.of(List.of(roots))));
    }

    private static List<String> names(Solution solution) {
        return solution.candidates().stream().map(Candidate::toString).toList();
    }

    private static List<Finding> failure(CandidateTable table, SolveRequest request) {
        FindingException e = catchThrowableOfType(FindingException.class, () -> Solver.solve(table, request));
        assertThat(e).as("the request is refused").isNotNull();
        return e.findings();
    }

    private static String message(CandidateTable table, String... roots) {
        List<Finding> findings = failure(table, SolveRequest.of(List.of(roots)));
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).fix()).isPresent();
        return findings.get(0).message();
    }

    private static Candidate installed(String stanza) {
        return Candidate.installed(
                Deb822.parse(stanza + "\nArchitecture: amd64\n").get(0));
    }

    @Test
    void putsWhatIsNeededFirst() {
        CandidateTable table = of(
                "Package: app\nDepends: lib, data",
                "Package: lib\nDepends: data\nPre-Depends: libc",
                "Package: data",
                "Package: libc");

        assertThat(solve(table, "app")).containsExactly("libc 1", "data 1", "lib 1", "app 1");
    }

    @Test
    void tellsWhatBroughtEachPackage() {
        CandidateTable table = of("Package: app\nDepends: lib (>= 1) | other", "Package: lib");

        Solution solution = Solver.solve(table, SolveRequest.of(List.of("app")));

        Solution.Choice lib = solution.find("lib").orElseThrow();
        assertThat(lib.auto()).isTrue();
        assertThat(lib.why().by()).contains("app");
        assertThat(lib.why().relation()).isEqualTo("Depends: lib (>= 1) | other");
        assertThat(solution.find("app").orElseThrow().auto()).isFalse();
    }

    @Test
    void takesTheHighestVersion() {
        CandidateTable table =
                of("Package: a\nVersion: 1.9", "Package: a\nVersion: 1.10", "Package: a\nVersion: 1.10~rc1");

        assertThat(solve(table, "a")).containsExactly("a 1.10");
    }

    @Test
    void takesTheFirstAlternativeThatCanBeInstalled() {
        CandidateTable table = of(
                "Package: app\nDepends: nowhere | broken | good | better",
                "Package: broken\nDepends: missing",
                "Package: good",
                "Package: better");

        assertThat(solve(table, "app")).containsExactly("good 1", "app 1");
    }

    @Test
    void aRootThatMeetsALaterAlternativeIsEnough() {
        CandidateTable table = of("Package: app\nDepends: first | second", "Package: first", "Package: second");

        assertThat(solve(table, "app", "second")).containsExactlyInAnyOrder("app 1", "second 1");
    }

    @Test
    void takesTheRealPackageBeforeItsProviders() {
        CandidateTable table = of(
                "Package: app\nDepends: make",
                "Package: guile-make\nProvides: make\nPriority: required",
                "Package: make");

        assertThat(solve(table, "app")).containsExactly("make 1", "app 1");
    }

    @Test
    void takesTheProviderOfHigherPriority() {
        CandidateTable table = of(
                "Package: app\nDepends: awk",
                "Package: gawk\nProvides: awk\nPriority: optional",
                "Package: mawk\nProvides: awk\nPriority: required");

        assertThat(solve(table, "app")).containsExactly("mawk 1", "app 1");
    }

    @Test
    void aVersionIsMetOnlyByAProvisionWithAVersion() {
        CandidateTable table = of(
                "Package: app\nDepends: api (>= 2)",
                "Package: none\nProvides: api",
                "Package: old\nProvides: api (= 1)",
                "Package: right\nProvides: api (= 2.1)");

        assertThat(solve(table, "app")).containsExactly("right 1", "app 1");
    }

    @Test
    void anyArchitectureNeedsAPackageThatAllowsIt() {
        CandidateTable table = of(
                "Package: app\nDepends: perl:any",
                "Package: perl\nMulti-Arch: allowed",
                "Package: bad\nDepends: sh:any",
                "Package: sh");

        assertThat(solve(table, "app")).containsExactly("perl 1", "app 1");
        assertThat(message(table, "bad")).contains("sh:any");
    }

    @Test
    void anAlternativeThatClashesIsPassedOver() {
        CandidateTable table = of(
                "Package: app\nDepends: lib, tool",
                "Package: lib\nBreaks: old-tool (<< 2)",
                "Package: tool\nDepends: old-tool | new-tool",
                "Package: old-tool",
                "Package: new-tool");

        assertThat(solve(table, "app")).contains("new-tool 1").doesNotContain("old-tool 1");
    }

    @Test
    void aPackageMayConflictWithWhatItProvidesItself() {
        CandidateTable table = of("Package: mta\nProvides: mail\nConflicts: mail");

        assertThat(solve(table, "mta")).containsExactly("mta 1");
    }

    @Test
    void solvesCircles() {
        CandidateTable table = of("Package: a\nDepends: b", "Package: b\nDepends: c", "Package: c\nDepends: a (= 1)");

        assertThat(solve(table, "b")).containsExactlyInAnyOrder("a 1", "b 1", "c 1");
    }

    @Test
    void addsWhatEverySystemHas() {
        CandidateTable table = of(
                "Package: base\nEssential: yes",
                "Package: apt\nPriority: required",
                "Package: nano\nPriority: important");
        SolveRequest request = SolveRequest.of(List.of());

        assertThat(names(Solver.solve(table, request.withBase(SolveRequest.Base.ESSENTIAL))))
                .containsExactly("base 1");
        assertThat(names(Solver.solve(table, request.withBase(SolveRequest.Base.REQUIRED))))
                .containsExactlyInAnyOrder("apt 1", "base 1");
    }

    @Test
    void recommendedPackagesComeOnlyIfAskedForAndNeverFail() {
        CandidateTable table = of("Package: a\nRecommends: b, missing", "Package: b");

        assertThat(solve(table, "a")).containsExactly("a 1");
        assertThat(names(Solver.solve(table, SolveRequest.of(List.of("a")).withRecommends(true))))
                .containsExactlyInAnyOrder("a 1", "b 1");
    }

    @Test
    void tellsAllRootsThatFail() {
        CandidateTable table = of("Package: a\nDepends: x", "Package: b\nDepends: c (>= 3)", "Package: c\nVersion: 2");

        assertThat(failure(table, SolveRequest.of(List.of("a", "b", "missing"))))
                .extracting(Finding::id, finding -> finding.packageName().orElseThrow())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("RB231", "a"),
                        org.assertj.core.groups.Tuple.tuple("RB231", "b"),
                        org.assertj.core.groups.Tuple.tuple("RB230", "missing"));
    }

    @Test
    void tellsTheShortestChainOfReasons() {
        CandidateTable table = of(
                "Package: app\nDepends: far | near",
                "Package: far\nDepends: farther",
                "Package: farther\nDepends: gone",
                "Package: near\nDepends: lib (>= 3)",
                "Package: lib\nVersion: 2");

        assertThat(message(table, "app"))
                .isEqualTo("cannot install app: app 1 needs far | near, and none of its 2 ways works; "
                        + "near 1 needs lib (>= 3); the archives have only lib 2, not lib (>= 3)");
    }

    @Test
    void tellsWhoBroughtThePackageThatIsInTheWay() {
        CandidateTable table = of(
                "Package: robot\nDepends: driver",
                "Package: driver\nDepends: lib-old",
                "Package: lib-old\nVersion: 1",
                "Package: camera\nDepends: lib-new",
                "Package: lib-new\nVersion: 2\nConflicts: lib-old");

        assertThat(message(table, "robot", "camera"))
                .isEqualTo("cannot install camera: camera 1 needs lib-new; lib-new 2 cannot be with lib-old 1, since "
                        + "lib-new 2 has «Conflicts: lib-old»; it is there because of robot → driver → lib-old");
    }

    @Test
    void aVirtualRootMustBeUnambiguous() {
        CandidateTable table =
                of("Package: a\nProvides: mail", "Package: b\nProvides: mail", "Package: c\nProvides: news");

        assertThat(solve(table, "news")).containsExactly("c 1");
        assertThat(message(table, "mail")).contains("provided by a, b");
    }

    @Test
    void takesTheVersionThatIsAskedFor() {
        CandidateTable table = of("Package: a\nVersion: 1", "Package: a\nVersion: 2", "Package: b\nDepends: a");

        assertThat(solve(table, "b", "a=1")).containsExactlyInAnyOrder("a 1", "b 1");
        assertThat(message(table, "a=3")).contains("no archive has a 3; they have 2, 1");
    }

    /** As with apt, the newest version is the only one, unless somebody names another. */
    @Test
    void tellsOfAnOlderVersionThatWouldDo() {
        CandidateTable table =
                of("Package: app\nDepends: lib (= 1)", "Package: lib\nVersion: 2", "Package: lib\nVersion: 1");

        assertThat(message(table, "app"))
                .endsWith("lib 2 is not lib (= 1); lib 1 is, but an older version is only taken where it is asked for,"
                        + " as lib=1");
        assertThat(solve(table, "app", "lib=1")).containsExactly("lib 1", "app 1");
    }

    @Test
    void aPinThatGivesWayIsTakenWhereItFits() {
        CandidateTable table = of(
                "Package: app\nVersion: 2\nDepends: lib (>= 2), other",
                "Package: lib\nVersion: 2",
                "Package: lib\nVersion: 1",
                "Package: other\nVersion: 2",
                "Package: other\nVersion: 1");
        SolveRequest request = SolveRequest.of(List.of("app"))
                .withPins(Map.of("lib", new DebianVersion("1"), "other", new DebianVersion("1")));

        assertThat(failure(table, request)).hasSize(1);
        assertThat(names(Solver.solve(table, request.withPinsGivingWay(true))))
                .containsExactlyInAnyOrder("app 2", "lib 2", "other 1");
    }

    @Test
    void pinsKeepTheirVersionAndOthersAreChosenToFit() {
        CandidateTable table = of(
                "Package: lib\nVersion: 1",
                "Package: lib\nVersion: 2",
                "Package: lib-dev\nVersion: 1\nDepends: lib (= 1)",
                "Package: lib-dev\nVersion: 2\nDepends: lib (= 2)",
                "Package: app\nDepends: lib-dev");
        SolveRequest request = SolveRequest.of(List.of("app")).withPins(Map.of("lib", new DebianVersion("1")));

        assertThat(names(Solver.solve(table, request))).containsExactly("lib 1", "lib-dev 1", "app 1");
    }

    @Test
    void tellsThatAPinIsInTheWayOrGone() {
        CandidateTable table =
                of("Package: lib\nVersion: 2", "Package: lib\nVersion: 3", "Package: app\nDepends: lib (>= 3)");
        SolveRequest request = SolveRequest.of(List.of("app"));

        assertThat(failure(table, request.withPins(Map.of("lib", new DebianVersion("2"))))
                        .get(0)
                        .message())
                .endsWith("the lock fixes lib 2, which is not lib (>= 3)");
        assertThat(failure(table, SolveRequest.of(List.of("lib")).withPins(Map.of("lib", new DebianVersion("1"))))
                        .get(0)
                        .message())
                .contains("no longer have; they have 3, 2");
    }

    @Test
    void onABaseOnlyWhatIsMissingIsAdded() {
        CandidateTable table = of("Package: app\nDepends: lib (>= 1)", "Package: lib\nVersion: 2");
        SolveRequest request =
                SolveRequest.of(List.of("app")).withInstalled(List.of(installed("Package: lib\nVersion: 1")));

        assertThat(names(Solver.solve(table, request))).containsExactly("app 1");
    }

    @Test
    void aBasePackageIsUpgradedIfSomethingNeedsThatTogetherWithItsTwins() {
        CandidateTable table = of(
                "Package: app\nDepends: lib (>= 2)",
                "Package: lib\nVersion: 2\nBreaks: plugin (<< 2)",
                "Package: lib-bin\nVersion: 2\nDepends: lib (= 2)",
                "Package: plugin\nVersion: 2");
        SolveRequest request = SolveRequest.of(List.of("app"))
                .withInstalled(List.of(
                        installed("Package: lib\nVersion: 1"),
                        installed("Package: lib-bin\nVersion: 1\nDepends: lib (= 1)"),
                        installed("Package: plugin\nVersion: 1"),
                        installed("Package: other\nVersion: 1")));

        Solution solution = Solver.solve(table, request);

        assertThat(names(solution)).containsExactlyInAnyOrder("app 1", "lib 2", "lib-bin 2", "plugin 2");
        assertThat(solution.find("lib").orElseThrow().upgrades()).contains(new DebianVersion("1"));
        assertThat(solution.find("lib").orElseThrow().auto()).isTrue();
    }

    @Test
    void aBasePackageIsNeverRemoved() {
        CandidateTable table = of("Package: app\nConflicts: busybox");
        SolveRequest request =
                SolveRequest.of(List.of("app")).withInstalled(List.of(installed("Package: busybox\nVersion: 1")));

        assertThat(failure(table, request).get(0).message()).contains("cannot be with busybox 1");
    }

    @Test
    void anArchiveMadeToExhaustTheSearchIsRefused() {
        String[] paragraphs = new String[5002];
        for (int i = 0; i < 5000; i++) {
            paragraphs[i] = "Package: p" + i + "\nDepends: p" + (i + 1);
        }
        paragraphs[5000] = "Package: p5000";
        paragraphs[5001] = "Package: ways\nDepends: w0-a | w0-b";
        assertThat(message(of(paragraphs), "p0")).contains("the chain of dependencies is too long");

        String[] ways = new String[82];
        for (int i = 0; i < 40; i++) {
            String next = "\nDepends: w" + (i + 1) + "-a | w" + (i + 1) + "-b";
            ways[2 * i] = "Package: w" + i + "-a" + next;
            ways[2 * i + 1] = "Package: w" + i + "-b" + next;
        }
        ways[80] = "Package: w40-a\nConflicts: root";
        ways[81] = "Package: root\nDepends: w0-a | w0-b";
        assertThat(message(of(ways), "root")).contains("there are too many ways");
    }
}
