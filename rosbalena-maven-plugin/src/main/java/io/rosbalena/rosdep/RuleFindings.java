package io.rosbalena.rosdep;

import io.rosbalena.finding.Finding;
import io.rosbalena.json.Json;
import io.rosbalena.rosdep.Resolution.Found;
import io.rosbalena.rosdep.Resolution.Missing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Says why a key is of no use, and what to do about it. */
final class RuleFindings {
    // Debian policy §5.6.1; an architecture or version may follow as apt-get(8) takes them.
    private static final Pattern DEBIAN_PACKAGE =
            Pattern.compile("[a-z0-9][a-z0-9+.-]*(:[a-z0-9-]+)?(=[A-Za-z0-9.+:~-]+)?");
    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e]+");
    private static final Set<String> SUPPORTED = Set.of("apt", "pip");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_.+-]+");

    private final RosdepDatabase database;
    private final TargetOs os;
    private Optional<NearSpelling> spelling = Optional.empty();

    RuleFindings(RosdepDatabase database, TargetOs os) {
        this.database = database;
        this.os = os;
    }

    /**
     * A key without a rule.
     *
     * @param uses who asks for it, at least one
     * @param path the key that the package asks for, and those that led from it to this one
     */
    Finding missing(Missing missing, List<KeyUse> uses, List<String> path) {
        String key = missing.key();
        String added = path.size() > 1 ? " (added by the rule of \"" + path.get(path.size() - 2) + "\")" : "";
        String subject = "the rosdep key \"" + key + "\"" + added;
        String where = missing.place().map(place -> " (" + place + ")").orElse("");
        return switch (missing.reason()) {
            case UNKNOWN_KEY ->
                KeyFinding.error("RB051", "no rosdep database knows " + subject + searched(), uses)
                        .fix(suggestions(key) + "put a package of this name into the workspace, " + snippet(key));
            case NO_OS ->
                KeyFinding.error(
                                "RB052",
                                subject + " has no rule for " + os.name() + where + others("", missing.alternatives())
                                        + searched(),
                                uses)
                        .fix(usable(key, everyKey()) + otherBase(missing) + snippet(key));
            case NO_VERSION ->
                KeyFinding.error(
                                "RB052",
                                subject + " has no rule for " + os + where
                                        + others(os.name() + " ", missing.alternatives()),
                                uses)
                        .fix(usable(key, new NearSpelling(database.distro(), database.knownKeys()))
                                + otherBase(missing)
                                + snippet(key));
            case NOT_AVAILABLE ->
                KeyFinding.error("RB053", subject + " is declared as not available on " + os + where, uses)
                        .fix("drop the dependency, give it a condition, " + snippet(key));
            case NO_PACKAGE_MANAGER -> malformed(key, missing.place(), "under * it must name a package manager", uses);
            case NOT_A_RULE -> malformed(key, missing.place(), "\"" + missing.subject() + "\" names no package", uses);
            case NOT_A_DEFINITION -> malformed(key, missing.place(), "it is no mapping from systems to rules", uses);
            case NOT_A_PACKAGE_LIST -> malformed(key, missing.place(), "its packages are no list of names", uses);
        };
    }

    private Finding malformed(String key, Optional<RulePlace> place, String why, List<KeyUse> uses) {
        String where = place.map(found -> " (" + found + ")").orElse("");
        return KeyFinding.error("RB054", "the rosdep rule of \"" + key + "\"" + where + " is malformed: " + why, uses)
                .fix("mend the rule, " + snippet(key));
    }

    /** What is wrong with a rule that was found; empty if it can be used. */
    List<Finding> problems(Found rule, List<KeyUse> uses) {
        boolean nothing = rule.packages().isEmpty() && !rule.installer().equals("source");
        if (!SUPPORTED.contains(rule.installer()) && !nothing) {
            return List.of(KeyFinding.error(
                            "RB055",
                            "the rosdep key \"" + rule.key() + "\" is installed by " + rule.installer() + " ("
                                    + rule.place() + "), but images hold only Debian packages and Python wheels",
                            uses)
                    .fix("drop the dependency, " + snippet(rule.key())));
        }
        Pattern valid = rule.installer().equals("apt") ? DEBIAN_PACKAGE : WORD;
        return rule.packages().stream()
                .filter(name -> !name.isBlank() && !valid.matcher(name).matches())
                .map(name -> malformed(
                        rule.key(), Optional.of(rule.place()), quoted(name) + " is no name of a package", uses))
                .toList();
    }

    /** Keys whose rules add each other. */
    Finding circle(List<String> keys, List<KeyUse> uses) {
        return KeyFinding.error("RB056", "rosdep rules add each other in a circle: " + String.join(" → ", keys), uses)
                .fix("define one of the keys without «depends» in rosdep/overlay.yaml");
    }

    private String otherBase(Missing missing) {
        boolean ros = missing.place()
                .map(place -> database.listsReleases(place.source()))
                .orElse(false);
        return ros
                ? "take a base with a system that " + database.distro()
                        + " is released for, put the sources of the package into the workspace, "
                : "drop the dependency, ";
    }

    private String suggestions(String key) {
        return meant(everyKey().of(key));
    }

    /** An unknown key was looked for in every file, so all keys are known by then. */
    private NearSpelling everyKey() {
        if (spelling.isEmpty()) {
            spelling = Optional.of(new NearSpelling(database.distro(), database.knownKeys()));
        }
        return spelling.get();
    }

    /** For a key that is spelt as a database has it, only what has a rule here helps: {@code python3-x} for {@code python-x}. */
    private String usable(String key, NearSpelling known) {
        return meant(known.of(key).stream()
                .filter(near -> !near.equals(key) && database.resolve(near, os) instanceof Found)
                .toList());
    }

    private static String meant(List<String> near) {
        return near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? Else ";
    }

    private String searched() {
        Set<String> names = database.consulted().keySet();
        return names.isEmpty() ? "" : "; searched: " + String.join(", ", names);
    }

    private static String others(String prefix, List<String> names) {
        return names.isEmpty() ? "" : "; it has rules for " + prefix + String.join(", ", names);
    }

    private String snippet(String key) {
        String name = PLAIN.matcher(key).matches() ? key : quoted(key);
        return "or define the key in rosdep/overlay.yaml:\n" + name + ":\n  " + os.name() + ":\n    " + os.codename()
                + ": [NAME-OF-THE-DEBIAN-PACKAGE]";
    }

    /** The text in quotes with escapes, as both JSON and YAML read it. */
    private static String quoted(String text) {
        return new String(Json.compact(text), StandardCharsets.UTF_8);
    }
}
