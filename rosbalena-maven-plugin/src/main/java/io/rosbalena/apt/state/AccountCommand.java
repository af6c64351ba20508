package io.rosbalena.apt.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads calls of adduser(8), addgroup(8), useradd(8) and groupadd(8) for system accounts. */
final class AccountCommand {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*\\$?");
    private static final Set<String> WITH_VALUE = Set.of(
            "--home",
            "--shell",
            "--gecos",
            "--comment",
            "--uid",
            "--gid",
            "--ingroup",
            "--firstuid",
            "--lastuid",
            "--firstgid",
            "--lastgid",
            "--conf",
            "-d",
            "-s",
            "-c",
            "-u",
            "-g",
            "--home-dir",
            "--base-dir",
            "-b",
            "-K",
            "--key",
            "-G",
            "--groups");
    private static final String NO_LOGIN = "/usr/sbin/nologin";

    private AccountCommand() {}

    /** What is asked for; nothing if the call is not understood. */
    static Optional<List<AccountRequest>> parse(List<String> words) {
        String program = words.get(0).substring(words.get(0).lastIndexOf('/') + 1);
        Map<String, String> options = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            if (word.startsWith("--") && equals > 0) {
                options.put(word.substring(0, equals), word.substring(equals + 1));
            } else if (WITH_VALUE.contains(word) && i + 1 < words.size()) {
                options.put(word, words.get(++i));
            } else if (word.startsWith("-")) {
                options.put(word, "");
            } else {
                names.add(word);
            }
        }
        if (names.isEmpty()
                || names.size() > 2
                || !names.stream().allMatch(name -> NAME.matcher(name).matches())) {
            return Optional.empty();
        }
        if (names.size() == 2) {
            return Optional.of(List.of(AccountRequest.member(names.get(0), names.get(1))));
        }
        String name = names.get(0);
        boolean group = program.endsWith("group") || program.equals("groupadd");
        boolean alone = options.containsKey("--group") && !options.containsKey("--system");
        if (group || alone) {
            return Optional.of(List.of(AccountRequest.group(name, number(options, "--gid", "-g"), "!")));
        }
        return Optional.of(List.of(user(program, name, options)));
    }

    private static AccountRequest user(String program, String name, Map<String, String> options) {
        boolean own =
                options.containsKey("--group") || options.containsKey("-U") || options.containsKey("--user-group");
        Optional<String> group =
                own ? Optional.of(name) : value(options, "--ingroup", "-g").or(() -> value(options, "--gid", "--gid"));
        if (program.equals("useradd") && group.isEmpty()) {
            group = Optional.of(name);
        }
        return new AccountRequest(
                AccountRequest.Kind.USER,
                name,
                number(options, "--uid", "-u"),
                group,
                comment(options),
                value(options, "--home", "-d")
                        .or(() -> value(options, "--home-dir", "-d"))
                        .orElse("/nonexistent"),
                value(options, "--shell", "-s").orElse(NO_LOGIN),
                "!");
    }

    /** adduser hands its old option on to chfn(1), which fills up the four parts of the field. */
    private static String comment(Map<String, String> options) {
        return Optional.ofNullable(options.get("--gecos"))
                .map(text -> text.isEmpty() || text.contains(",") ? text : text + ",,,")
                .or(() -> value(options, "--comment", "-c"))
                .orElse("");
    }

    private static Optional<String> value(Map<String, String> options, String longName, String shortName) {
        return Optional.ofNullable(options.get(longName)).or(() -> Optional.ofNullable(options.get(shortName)));
    }

    private static Optional<Integer> number(Map<String, String> options, String longName, String shortName) {
        return value(options, longName, shortName)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Integer::valueOf);
    }
}
