package io.rosbalena.robot.resolving;

import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.surroundings.ByteCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The tree for people: service, package of the workspace, key, rule, system package, version. */
final class TreeText {
    private static final int HEAVIEST = 10;

    private final List<String> lines = new ArrayList<>();

    private TreeText() {}

    static List<String> of(List<ResolvedPlatform> platforms) {
        TreeText text = new TreeText();
        platforms.forEach(platform -> platform.sets().forEach(set -> text.set(set, platform)));
        return text.lines;
    }

    private void set(ResolvedSet set, ResolvedPlatform platform) {
        lines.add((set.isBuildRoot() ? "build root (" : "service " + set.name() + " (") + platform.name() + ", "
                + platform.os() + "): " + count(set.members(), set.wheels()));
        if (set.asks().isEmpty() && set.isBuildRoot()) {
            lines.add("  -Dservice=+build shows who asks for them");
            return;
        }
        set.asks().forEach(ask -> ask(ask, set));
        rest(set);
    }

    private void ask(Ask ask, ResolvedSet set) {
        if (ask.kind() == Ask.Kind.RUNNING) {
            lines.add("  " + ask.name() + ": "
                    + ask.keys().stream().map(Ask.Key::name).collect(Collectors.joining(", ")));
            return;
        }
        String place = ask.line() > 0 ? ask.file() + ":" + ask.line() : ask.file();
        String via = ask.via().size() > 1
                ? ", through "
                        + String.join(" -> ", ask.via().subList(0, ask.via().size() - 1))
                : "";
        lines.add("  " + ask.name() + "  (" + place + via + ")");
        if (!ask.needs().isEmpty()) {
            lines.add("    of the workspace: "
                    + ask.needs().stream().map(Ask.Need::name).collect(Collectors.joining(", ")));
        }
        ask.keys().forEach(key -> key(key, ask.file(), set));
        ask.packages().forEach(one -> lines.add("    " + show(one, set)));
    }

    private void key(Ask.Key key, String file, ResolvedSet set) {
        String asked = "    " + key.name() + "  (" + (key.line() > 0 ? file + ":" + key.line() : file) + ")";
        if (key.state() == Ask.State.SKIPPED) {
            lines.add(asked + ": left out by skipKeys");
            return;
        }
        for (Ask.Rule rule : key.rules()) {
            String added = rule.key().equals(key.name()) ? "" : " -> " + rule.key();
            String line = asked + added + " -> " + rule.place();
            if (rule.packages().isEmpty()) {
                lines.add(line + ": nothing to install");
            }
            rule.packages().forEach(one -> lines.add(line + " -> " + show(one, set)));
        }
    }

    private static String show(SystemPackage one, ResolvedSet set) {
        if (set.isPruned(one.name())) {
            return one.name() + " " + one.version().orElse("") + ", left out of the image by prune";
        }
        return (one.installer().equals("pip") ? "wheel " : "")
                + one.name()
                + (one.extras().isEmpty() ? "" : "[" + String.join(",", one.extras()) + "]")
                + switch (one.from()) {
                    case LOCK -> " " + one.version().orElse("") + ", " + ByteCount.show(one.size());
                    case BASE -> " " + one.version().orElse("") + ", in the base";
                    case PROVIDED -> ", provided by another package";
                };
    }

    /** What comes along with what is asked for; all of it stands in the lock and in the JSON. */
    private void rest(ResolvedSet set) {
        Set<String> asked = set.asked().keySet();
        List<LockedPackage> rest = set.members().stream()
                .filter(one -> !asked.contains(one.name()))
                .sorted(Comparator.comparingLong(LockedPackage::size).reversed().thenComparing(LockedPackage::name))
                .toList();
        List<LockedWheel> wheels = set.wheels().stream()
                .filter(one -> !asked.contains(one.name()))
                .sorted(Comparator.comparingLong(LockedWheel::size).reversed().thenComparing(LockedWheel::name))
                .toList();
        if (rest.isEmpty() && wheels.isEmpty()) {
            return;
        }
        boolean many = rest.size() > HEAVIEST || wheels.size() > HEAVIEST;
        lines.add("  with them come " + count(rest, wheels) + (many ? "; the heaviest:" : ":"));
        rest.stream()
                .limit(HEAVIEST)
                .forEach(one -> lines.add("    " + one.name() + " " + one.version() + ", " + ByteCount.show(one.size())
                        + "  <- " + one.why()));
        wheels.stream()
                .limit(HEAVIEST)
                .forEach(one ->
                        lines.add("    wheel " + one.name() + " " + one.version() + ", " + ByteCount.show(one.size())));
    }

    private static String count(List<LockedPackage> packages, List<LockedWheel> wheels) {
        long bytes = packages.stream().mapToLong(LockedPackage::size).sum()
                + wheels.stream().mapToLong(LockedWheel::size).sum();
        return number(packages.size(), "package")
                + (wheels.isEmpty() ? "" : " and " + number(wheels.size(), "wheel"))
                + ", " + ByteCount.show(bytes) + " to download";
    }

    private static String number(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
