package io.rosbalena.robot.resolving;

import io.rosbalena.rosdep.RulePlace;
import java.util.List;

/**
 * Somebody who asks for system packages: a package of the workspace, a service's command, a list in the manifest.
 *
 * @param kind what it is
 * @param name its name; the field of a manifest
 * @param file the file that asks
 * @param line its line there; 0 where the keys have lines of their own
 * @param via the packages from one that the service is for to this one, both included; empty for what is no package
 * @param needs the packages of the workspace that it needs
 * @param keys the rosdep keys that it asks for
 * @param packages system packages that it names itself
 */
record Ask(
        Kind kind,
        String name,
        String file,
        int line,
        List<String> via,
        List<Need> needs,
        List<Key> keys,
        List<SystemPackage> packages) {

    /** Who asks. */
    enum Kind {
        PACKAGE("package"),
        COMMAND("command"),
        MANIFEST("manifest"),
        TOOLS("tools"),
        BUILDING("building"),
        RUNNING("running");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * A package of the workspace that another one needs.
     *
     * @param line where it says so; 0 for a member of a group
     */
    record Need(String name, int line) {}

    /** What became of a key. */
    enum State {
        RESOLVED("resolved"),
        /** Its rule is an empty list. */
        NOTHING("nothing"),
        /** {@code skipKeys} takes it as satisfied. */
        SKIPPED("skipped");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * One use of a key.
     *
     * @param line where it is asked for, in the file of the one who asks
     * @param rules that of the key, and those of the keys that it adds; none for a skipped key
     */
    record Key(String name, int line, State state, List<Rule> rules) {
        Key {
            rules = List.copyOf(rules);
        }
    }

    /**
     * A key's rule.
     *
     * @param place where it stands
     */
    record Rule(String key, RulePlace place, String installer, List<SystemPackage> packages) {
        Rule {
            packages = List.copyOf(packages);
        }
    }

    Ask {
        via = List.copyOf(via);
        needs = List.copyOf(needs);
        keys = List.copyOf(keys);
        packages = List.copyOf(packages);
    }
}
