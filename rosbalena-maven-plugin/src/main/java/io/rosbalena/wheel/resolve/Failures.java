package io.rosbalena.wheel.resolve;

import io.rosbalena.finding.Finding;
import io.rosbalena.wheel.MarkerEnvironment;
import io.rosbalena.wheel.PythonVersion;
import io.rosbalena.wheel.index.IndexFile;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why a project cannot be had, and what to do about it. */
final class Failures {
    /** Of a list of versions the newest are told. */
    private static final int TOLD = 8;

    private Failures() {}

    /** No file answers all demands. */
    static Finding nothing(
            String project,
            List<Demand> demands,
            Candidates candidates,
            Optional<PythonVersion> provided,
            MarkerEnvironment environment,
            String searched) {
        String asked = demands.stream()
                .map(demand -> demand.requirement() + " (" + demand.asker() + ")")
                .distinct()
                .collect(Collectors.joining(", "));
        String there =
                provided.map(version -> "; its Debian package has " + version).orElse("");
        String python = "Python " + environment.pythonFullVersion() + " on " + environment.machine();
        if (candidates.files().isEmpty() && candidates.refused().isEmpty()) {
            return placed(
                    Finding.error("RB281", "no Python project " + project + " was found for " + asked + searched),
                    demands.get(0),
                    "correct the name in the rule of the key, add the index that has it to <pipIndexes>, or define the"
                            + " key for apt in rosdep/overlay.yaml");
        }
        String others = candidates.refused().isEmpty()
                ? ""
                : "; not for this system: "
                        + candidates.refused().stream()
                                .map(IndexFile::filename)
                                .sorted()
                                .limit(TOLD)
                                .collect(Collectors.joining(", "));
        String versions = candidates.files().isEmpty() ? "nothing" : versions(candidates.files());
        return placed(
                Finding.error(
                        "RB282",
                        "nothing answers " + asked + "; for " + python + " there is " + versions + there + others
                                + searched),
                demands.get(0),
                "pin other versions in the rules of the keys in rosdep/overlay.yaml, as NAME==VERSION, or define the key"
                        + " for apt there");
    }

    /** A version was chosen that somebody else does not admit. */
    static Finding conflict(Demand demand, PythonVersion chosen, List<Demand> before) {
        String others = before.stream()
                .map(one -> one.requirement() + " (" + one.asker() + ")")
                .distinct()
                .collect(Collectors.joining(", "));
        return placed(
                Finding.error(
                        "RB282",
                        demand.asker() + " needs " + demand.requirement() + ", but " + demand.project() + " " + chosen
                                + " is there for " + others),
                demand,
                "pin other versions in the rules of the keys in rosdep/overlay.yaml, as NAME==VERSION");
    }

    /** What a wheel's own metadata say of Python does not admit this one. */
    static Finding python(Demand demand, PythonVersion chosen, MarkerEnvironment environment) {
        return placed(
                Finding.error(
                        "RB282",
                        demand.project() + " " + chosen + ", asked for by " + demand.asker() + ", is not for Python "
                                + environment.pythonFullVersion() + ", and there is no other"),
                demand,
                "pin another version in the rule of the key, as NAME==VERSION");
    }

    /** A wheel asks for a file at an address: nothing would prove what that is. */
    static Finding address(Demand demand) {
        return placed(
                Finding.error(
                        "RB282",
                        demand.asker() + " asks for " + demand.project()
                                + " at an address of its own, not from an index, which is refused"),
                demand,
                "pin another version in the rule of the key, as NAME==VERSION");
    }

    private static String versions(Collection<IndexFile> files) {
        List<String> versions = files.stream()
                .map(file -> file.version() + note(file))
                .distinct()
                .toList();
        return versions.stream().limit(TOLD).collect(Collectors.joining(", ")) + (versions.size() > TOLD ? ", …" : "");
    }

    /** Why a version may not have been taken although the specifiers admit it. */
    private static String note(IndexFile file) {
        if (file.yanked()) {
            return " (yanked)";
        }
        return file.version().isPreRelease() ? " (a pre-release)" : "";
    }

    private static Finding placed(Finding finding, Demand demand, String fix) {
        WheelRequest.Wish wish = demand.wish();
        return finding.at(wish.file(), wish.line()).fix(fix);
    }
}
