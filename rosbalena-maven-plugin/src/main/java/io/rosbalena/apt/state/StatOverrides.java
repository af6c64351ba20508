package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.Ownership;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Owners and modes that a base's administrator has set for files of packages ({@code dpkg-statoverride(1)}). */
final class StatOverrides {
    private static final String FILE = "/var/lib/dpkg/statoverride";
    private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+) ([0-7]{3,5}) (/.*)");

    private StatOverrides() {}

    /** Those for what a package brings, by the path in the root; a directory that stands already stays as it is. */
    static Map<TreePath, Ownership> of(DebFacts facts, Unpacking unpacking, Accounts accounts) throws IOException {
        Map<String, Ownership> known = new HashMap<>();
        String text = new String(unpacking.input().base().read(FILE).orElse(new byte[0]), StandardCharsets.UTF_8);
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                known.put(
                        matcher.group(4),
                        new Ownership(
                                Integer.parseInt(matcher.group(3), 8) & 07777,
                                id(matcher.group(1), accounts.uid(matcher.group(1))),
                                id(matcher.group(2), accounts.gid(matcher.group(2)))));
            }
        }
        Map<TreePath, Ownership> ownerships = new HashMap<>();
        for (FileFact file : facts.files()) {
            Ownership ownership = known.get(file.path().absolute());
            boolean standing = file.kind() == Entry.Kind.DIRECTORY
                    && unpacking
                            .input()
                            .base()
                            .find(unpacking.rewrite(facts).apply(file.path()).absolute())
                            .isPresent();
            if (ownership != null && !standing && file.kind() != Entry.Kind.SYMLINK) {
                ownerships.put(unpacking.rewrite(facts).place(file.path()), ownership);
            }
        }
        return ownerships;
    }

    /** An account that was gone when the override was made stands as its number. */
    private static long id(String name, long number) {
        return name.matches("#[0-9]{1,9}") ? Long.parseLong(name.substring(1)) : number;
    }
}
