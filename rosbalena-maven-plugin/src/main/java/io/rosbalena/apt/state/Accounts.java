package io.rosbalena.apt.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The users and groups of a system: base-passwd's, the base image's, and those that packages ask for. Numbers that the
 * lock knows are kept; new ones are the next free in the range of system accounts (adduser.conf(5): 100 to 999).
 */
final class Accounts {
    private static final int FIRST = 100;
    private static final int LAST = 999;

    /** Day of the constant time, counted from 1970, in the shadow files. */
    private static final long DAY = 10957;

    private final SortedMap<String, Integer> known;
    private final SortedMap<String, Integer> used = new TreeMap<>();
    private final Map<String, String[]> users;
    private final Map<String, String[]> groups;
    private final Map<String, String> shadow = new LinkedHashMap<>();
    private final Map<String, String> groupShadow = new LinkedHashMap<>();

    private Accounts(SortedMap<String, Integer> known, Map<String, String[]> users, Map<String, String[]> groups) {
        this.known = known;
        this.users = users;
        this.groups = groups;
    }

    /** Makes the accounts and writes their files, if there is anything to write. */
    static Accounts write(PlatformInput input, List<AccountRequest> requests, StateDraft draft) throws IOException {
        boolean based = draft.base().read("/etc/passwd").isPresent();
        Accounts accounts = new Accounts(
                input.accounts(),
                rows(draft.text(based ? "/etc/passwd" : "/usr/share/base-passwd/passwd.master"), 7),
                rows(draft.text(based ? "/etc/group" : "/usr/share/base-passwd/group.master"), 4));
        if (based) {
            lines(draft.text("/etc/shadow")).forEach(line -> accounts.shadow.put(before(line), line));
            lines(draft.text("/etc/gshadow")).forEach(line -> accounts.groupShadow.put(before(line), line));
        } else {
            accounts.shadowMasters();
        }
        boolean assembled = !based && !accounts.users.isEmpty();
        boolean changed = accounts.make(requests);
        if (assembled || changed) {
            accounts.writeTo(draft);
        }
        return accounts;
    }

    /** The number of a user; root's where there is none of this name. */
    long uid(String name) {
        String[] row = users.get(name);
        return row == null ? 0 : Long.parseLong(row[2]);
    }

    /** The number of a group; root's where there is none of this name. */
    long gid(String name) {
        String[] row = groups.get(name);
        return row == null ? 0 : Long.parseLong(row[2]);
    }

    /** The numbers for the lock: all that it knew, and the new ones. */
    SortedMap<String, Integer> ids() {
        SortedMap<String, Integer> ids = new TreeMap<>(known);
        ids.putAll(used);
        return ids;
    }

    /** Whether anything changed. Groups come first: a user's main group may be asked for by another package. */
    private boolean make(List<AccountRequest> requests) {
        requests.stream()
                .filter(request -> request.kind() == AccountRequest.Kind.GROUP)
                .forEach(request -> group(request.name(), request.id(), request.locked()));
        requests.stream()
                .filter(request -> request.kind() == AccountRequest.Kind.USER)
                .forEach(this::user);
        boolean changed = !used.isEmpty();
        sortTail(users);
        sortTail(groups);
        for (AccountRequest request : requests) {
            if (request.kind() == AccountRequest.Kind.MEMBER) {
                changed |= join(request.name(), request.group().orElse(""));
            }
        }
        return changed;
    }

    private void user(AccountRequest request) {
        if (users.containsKey(request.name())) {
            return;
        }
        String main = request.group().orElse("nogroup");
        if (main.equals(request.name())) {
            group(main, request.id(), request.locked());
        }
        int uid = id("user " + request.name(), request.id(), request.locked().equals("!*"), users);
        String group = groups.containsKey(main) ? groups.get(main)[2] : "65534";
        users.put(request.name(), new String[] {
            request.name(), "x", Integer.toString(uid), group, request.comment(), request.home(), request.shell()
        });
        shadow.put(request.name(), request.name() + ":" + request.locked() + ":" + DAY + "::::::");
    }

    private void group(String name, Optional<Integer> id, String locked) {
        if (!groups.containsKey(name)) {
            int gid = id("group " + name, id, locked.equals("!*"), groups);
            groups.put(name, new String[] {name, "x", Integer.toString(gid), ""});
            groupShadow.put(name, name + ":" + locked + "::");
        }
    }

    /** New accounts by number, as they would stand if they had been made one after the other. */
    private void sortTail(Map<String, String[]> rows) {
        String kind = rows == users ? "user " : "group ";
        List<String> added = rows.keySet().stream()
                .filter(name -> used.containsKey(kind + name))
                .sorted(Comparator.comparing(name -> used.getOrDefault(kind + name, 0)))
                .toList();
        Map<String, String> lines = rows == users ? shadow : groupShadow;
        for (String name : added) {
            rows.put(name, Objects.requireNonNull(rows.remove(name)));
            lines.put(name, Objects.requireNonNull(lines.remove(name)));
        }
    }

    private boolean join(String user, String group) {
        String[] row = groups.get(group);
        if (row == null || List.of(row[3].split(",", -1)).contains(user)) {
            return false;
        }
        row[3] = row[3].isEmpty() ? user : row[3] + "," + user;
        String line = groupShadow.getOrDefault(group, group + ":!::");
        groupShadow.put(group, line.endsWith(":") ? line + user : line + "," + user);
        return true;
    }

    private int id(String key, Optional<Integer> fixed, boolean fromEnd, Map<String, String[]> rows) {
        TreeSet<Integer> taken = new TreeSet<>();
        rows.values().forEach(row -> taken.add(Integer.parseInt(row[2])));
        Integer locked = known.get(key);
        int id;
        if (locked != null && !taken.contains(locked)) {
            id = locked;
        } else if (fixed.isPresent() && !taken.contains(fixed.get())) {
            id = fixed.get();
        } else {
            // A number once given to another account is never given again: files in volumes belong to it.
            String kind = key.substring(0, key.indexOf(' ') + 1);
            known.forEach((name, number) -> {
                if (name.startsWith(kind)) {
                    taken.add(number);
                }
            });
            // sysusers counts down from the end of the range, adduser up from its beginning.
            id = fromEnd ? LAST : FIRST;
            while (taken.contains(id) && id >= FIRST && id <= LAST) {
                id += fromEnd ? -1 : 1;
            }
        }
        used.put(key, id);
        return id;
    }

    private void shadowMasters() {
        for (String[] row : users.values()) {
            row[1] = "x";
            shadow.put(row[0], row[0] + ":*:" + DAY + ":0:99999:7:::");
        }
        for (String[] row : groups.values()) {
            row[1] = "x";
            groupShadow.put(row[0], row[0] + ":*::");
        }
    }

    private void writeTo(StateDraft draft) {
        draft.file("/etc/passwd", 0644, text(users));
        draft.file("/etc/group", 0644, text(groups));
        draft.file("/etc/shadow", 0640, gid("shadow"), text(shadow.values()));
        draft.file("/etc/gshadow", 0640, gid("shadow"), text(groupShadow.values()));
    }

    private static String text(Map<String, String[]> rows) {
        return text(rows.values().stream().map(row -> String.join(":", row)).toList());
    }

    private static String text(Iterable<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static Map<String, String[]> rows(Optional<String> text, int fields) {
        Map<String, String[]> rows = new LinkedHashMap<>();
        for (String line : lines(text)) {
            String[] row = line.split(":", -1);
            if (row.length == fields && row[2].matches("[0-9]{1,9}")) {
                rows.put(row[0], row);
            }
        }
        return rows;
    }

    private static List<String> lines(Optional<String> text) {
        return new ArrayList<>(text.stream()
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .toList());
    }

    private static String before(String line) {
        return line.substring(0, Math.max(0, line.indexOf(':')));
    }
}
