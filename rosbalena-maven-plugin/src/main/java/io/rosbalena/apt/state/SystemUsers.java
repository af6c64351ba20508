package io.rosbalena.apt.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sysusers.d(5): {@code u}, {@code g} and {@code m} lines; specifiers are not used by packages. */
final class SystemUsers {
    private static final Pattern FIELD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|(\\S+)");

    private SystemUsers() {}

    static List<AccountRequest> parse(String text) {
        List<AccountRequest> requests = new ArrayList<>();
        for (String line : text.lines().toList()) {
            List<String> fields = fields(line);
            if (fields.size() < 2) {
                continue;
            }
            String name = fields.get(1);
            String id = field(fields, 2, "");
            Optional<Integer> number = id.matches("[0-9]{1,6}(:.*)?")
                    ? Optional.of(Integer.valueOf(id.replaceFirst(":.*", "")))
                    : Optional.empty();
            switch (fields.get(0).replaceFirst("!$", "")) {
                case "u" -> {
                    String group = id.contains(":") ? id.substring(id.indexOf(':') + 1) : name;
                    requests.add(new AccountRequest(
                            AccountRequest.Kind.USER,
                            name,
                            number,
                            Optional.of(group),
                            field(fields, 3, ""),
                            field(fields, 4, "/"),
                            field(fields, 5, "/usr/sbin/nologin"),
                            "!*"));
                }
                case "g" -> requests.add(AccountRequest.group(name, number, "!*"));
                case "m" -> requests.add(AccountRequest.member(name, id));
                default -> {
                    // r lines reserve ranges, which matter to allocation by sysusers itself only.
                }
            }
        }
        return requests;
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        if (!line.strip().startsWith("#")) {
            Matcher matcher = FIELD.matcher(line);
            while (matcher.find()) {
                String quoted = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                fields.add(quoted == null ? matcher.group(3) : quoted);
            }
        }
        return fields;
    }

    private static String field(List<String> fields, int index, String otherwise) {
        return index < fields.size() && !fields.get(index).equals("-") ? fields.get(index) : otherwise;
    }
}
