package io.rosbalena.apt.state;

import io.rosbalena.tree.Entry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The alternatives system (update-alternatives(1)): its database below {@code /var/lib/dpkg/alternatives}, the links in
 * {@code /etc/alternatives} and the generic links to these. Choices whose file is missing are passed over, as the tool
 * does; a group that a base's administrator set by hand keeps its choice.
 */
final class Alternatives {
    private static final String DATABASE = "/var/lib/dpkg/alternatives";
    private static final String LINKS = "/etc/alternatives/";

    private final StateDraft draft;

    private Alternatives(StateDraft draft) {
        this.draft = draft;
    }

    static void write(List<AlternativeCall> calls, StateDraft draft) throws IOException {
        new Alternatives(draft).write(calls);
    }

    private void write(List<AlternativeCall> calls) throws IOException {
        SortedMap<String, Alternative> groups = new TreeMap<>();
        SortedMap<String, Boolean> manual = new TreeMap<>();
        for (AlternativeCall call : calls) {
            if (!draft.exists(call.path())) {
                continue;
            }
            Alternative group = groups.get(call.name());
            if (group == null) {
                String known = draft.text(DATABASE + "/" + call.name()).orElse("");
                group = known.isEmpty() ? new Alternative(call.link()) : standing(known);
                manual.put(call.name(), isManual(known, call.name(), group));
                groups.put(call.name(), group);
            }
            SortedMap<String, String> followers = new TreeMap<>();
            for (AlternativeCall.Follower follower : call.followers()) {
                group.followers().put(follower.name(), follower.link());
                followers.put(follower.name(), follower.path());
            }
            group.choices().put(call.path(), new Alternative.Choice(call.priority(), followers));
        }
        for (Map.Entry<String, Alternative> group : groups.entrySet()) {
            boolean byHand = manual.getOrDefault(group.getKey(), false);
            String chosen = byHand ? current(group.getKey()).orElse("") : best(group.getValue());
            if (group.getValue().choices().containsKey(chosen)) {
                link(group.getKey(), group.getValue(), chosen);
            }
            forgetFollowers(group.getValue());
            draft.file(DATABASE + "/" + group.getKey(), 0644, text(byHand ? "manual" : "auto", group.getValue()));
        }
    }

    /** A group of the base without the choices whose files are gone. */
    private Alternative standing(String known) throws IOException {
        Alternative group = parse(known);
        for (String path : List.copyOf(group.choices().keySet())) {
            if (!draft.exists(path)) {
                group.choices().remove(path);
            }
        }
        return group;
    }

    /**
     * Whether somebody has chosen by hand: the group says so, or its link leads to what is none of its choices. A link
     * that is gone or leads nowhere is for the tool to set.
     */
    private boolean isManual(String known, String name, Alternative group) throws IOException {
        Optional<String> current = current(name);
        if (current.isEmpty() || !draft.exists(current.get())) {
            return false;
        }
        return known.startsWith("manual\n")
                || (!known.isEmpty() && !group.choices().containsKey(current.get()));
    }

    /** Where the group's link leads in the base. */
    private Optional<String> current(String name) {
        return draft.itself(LINKS + name)
                .filter(fact -> fact.kind() == Entry.Kind.SYMLINK)
                .map(FileFact::target);
    }

    /** The highest priority wins; among equals the one that was there first stays. */
    private static String best(Alternative group) {
        String best = "";
        for (Map.Entry<String, Alternative.Choice> choice : group.choices().entrySet()) {
            if (best.isEmpty()
                    || choice.getValue().priority() > choice(group, best).priority()) {
                best = choice.getKey();
            }
        }
        return best;
    }

    private void link(String name, Alternative group, String path) throws IOException {
        link(group.link(), name, path);
        Alternative.Choice chosen = choice(group, path);
        for (Map.Entry<String, String> follower : group.followers().entrySet()) {
            String target = chosen.followers().getOrDefault(follower.getKey(), "");
            if (!target.isEmpty() && draft.exists(target)) {
                link(follower.getValue(), follower.getKey(), target);
            } else {
                removeLink(LINKS + follower.getKey());
                removeLink(follower.getValue());
            }
        }
    }

    /** The tool writes no follower down that no choice has. */
    private static void forgetFollowers(Alternative group) {
        group.followers()
                .keySet()
                .removeIf(name -> group.choices().values().stream()
                        .allMatch(choice ->
                                choice.followers().getOrDefault(name, "").isEmpty()));
    }

    /** A link of the base that this choice has nothing for. */
    private void removeLink(String path) {
        if (draft.itself(path).filter(fact -> fact.kind() == Entry.Kind.SYMLINK).isPresent()) {
            draft.remove(path);
        }
    }

    private void link(String link, String name, String target) {
        boolean file = draft.itself(link)
                .filter(fact -> fact.kind() != Entry.Kind.SYMLINK)
                .isPresent();
        if (!file) {
            draft.symlink(LINKS + name, target);
            draft.symlink(link, LINKS + name);
        }
    }

    private static Alternative.Choice choice(Alternative group, String path) {
        Alternative.Choice choice = group.choices().get(path);
        if (choice == null) {
            throw new IllegalStateException("no choice " + path);
        }
        return choice;
    }

    private static String text(String mode, Alternative group) {
        StringBuilder text =
                new StringBuilder(mode).append('\n').append(group.link()).append('\n');
        group.followers()
                .forEach((name, link) ->
                        text.append(name).append('\n').append(link).append('\n'));
        text.append('\n');
        new TreeMap<>(group.choices()).forEach((path, choice) -> {
            text.append(path).append('\n').append(choice.priority()).append('\n');
            for (String follower : group.followers().keySet()) {
                text.append(choice.followers().getOrDefault(follower, "")).append('\n');
            }
        });
        return text.append('\n').toString();
    }

    /** Reads a group of a base image; what cannot be read starts anew. */
    private static Alternative parse(String text) {
        Deque<String> lines = new ArrayDeque<>(text.lines().toList());
        lines.poll();
        Alternative group = new Alternative(next(lines));
        for (String name = next(lines); !name.isEmpty(); name = next(lines)) {
            group.followers().put(name, next(lines));
        }
        for (String path = next(lines); !path.isEmpty(); path = next(lines)) {
            int priority = Integer.parseInt(next(lines).strip());
            SortedMap<String, String> followers = new TreeMap<>();
            for (String follower : group.followers().keySet()) {
                String target = next(lines);
                if (!target.isEmpty()) {
                    followers.put(follower, target);
                }
            }
            group.choices().put(path, new Alternative.Choice(priority, followers));
        }
        return group;
    }

    private static String next(Deque<String> lines) {
        String line = lines.poll();
        return line == null ? "" : line;
    }
}
