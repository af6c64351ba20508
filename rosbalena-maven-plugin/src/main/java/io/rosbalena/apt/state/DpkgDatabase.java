package io.rosbalena.apt.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What dpkg keeps for all packages together below {@code /var/lib/dpkg}: status, triggers, diversions, overrides. */
final class DpkgDatabase {
    static final String ROOT = "/var/lib/dpkg/";

    private DpkgDatabase() {}

    static void write(PlatformInput input, Unpacking unpacking, Recipes.Applied recipes, StateDraft draft)
            throws IOException {
        if (input.packages().isEmpty()) {
            return;
        }
        String before = draft.text(ROOT + "status").orElse("");
        Optional<Placeholder> placeholder = Placeholder.of(input, before);
        draft.file(ROOT + "status", 0644, status(input, unpacking, placeholder, before));
        if (placeholder.isPresent()) {
            placeholder.get().write(draft);
        }
        if (!draft.exists(ROOT + "info/format")) {
            draft.file(ROOT + "info/format", 0644, "1\n");
        }
        triggers(input, unpacking, draft);
        append(draft, "diversions", recipes.diversions());
        append(
                draft,
                "statoverride",
                recipes.statOverrides().stream().map(line -> line + "\n").toList());
    }

    /** The names of the packages that the base below has. */
    static Set<String> installed(StateDraft draft) throws IOException {
        Set<String> names = new TreeSet<>();
        String before = new String(draft.base().read(ROOT + "status").orElse(new byte[0]), StandardCharsets.UTF_8);
        before.lines()
                .filter(line -> line.startsWith("Package: "))
                .forEach(line -> names.add(line.substring(9).strip()));
        return names;
    }

    /** All stanzas by package and architecture; ours replace the base's. */
    private static String status(
            PlatformInput input, Unpacking unpacking, Optional<Placeholder> placeholder, String before) {
        SortedMap<String, String> stanzas = new TreeMap<>(DpkgDatabase::byteOrder);
        for (String stanza : before.split("\n\n", -1)) {
            if (!stanza.isBlank()) {
                stanzas.put(key(stanza), stanza.strip() + "\n");
            }
        }
        for (DebFacts facts : input.packages()) {
            String old = unpacking
                    .old(facts)
                    .map(one -> stanzas.remove(one.name() + " " + one.architecture()))
                    .orElse("");
            stanzas.put(
                    facts.name() + " " + facts.architecture(),
                    StatusStanza.of(facts, selection(old), unpacking.conffiles(facts)));
        }
        placeholder.ifPresent(one -> stanzas.put(key(one.stanza()), one.stanza()));
        StringBuilder text = new StringBuilder();
        stanzas.values().forEach(stanza -> text.append(stanza).append('\n'));
        return text.toString();
    }

    private static String selection(String stanza) {
        return stanza.lines().anyMatch("Status: hold ok installed"::equals) ? "hold" : "install";
    }

    private static String key(String stanza) {
        String name = "";
        String architecture = "";
        for (String line : stanza.lines().toList()) {
            if (line.startsWith("Package: ")) {
                name = line.substring(9).strip();
            } else if (line.startsWith("Architecture: ")) {
                architecture = line.substring(14).strip();
            }
        }
        return name + " " + architecture;
    }

    private static int byteOrder(String left, String right) {
        return java.util.Arrays.compareUnsigned(
                left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    /** Interests of all packages (deb-triggers(5)): those in files in one list, each named one in a file of its own. */
    private static void triggers(PlatformInput input, Unpacking unpacking, StateDraft draft) throws IOException {
        List<String> paths = new ArrayList<>(
                draft.text(ROOT + "triggers/File").orElse("").lines().toList());
        SortedMap<String, Set<String>> names = new TreeMap<>();
        for (DebFacts facts : input.packages()) {
            paths.removeIf(line -> isOf(facts, unpacking, line.substring(line.lastIndexOf(' ') + 1)));
            for (List<String> words : facts.triggers()) {
                if (words.size() != 2 || !words.get(0).startsWith("interest")) {
                    continue;
                }
                String owner = facts.qualifiedName() + (words.get(0).endsWith("-noawait") ? "/noawait" : "");
                if (words.get(1).startsWith("/")) {
                    paths.add(words.get(1) + " " + owner);
                } else {
                    names.computeIfAbsent(words.get(1), name -> new LinkedHashSet<>())
                            .add(owner);
                }
            }
        }
        forgetNames(input, unpacking, draft, names);
        draft.directory(ROOT + "triggers", 0755);
        if (!paths.isEmpty()) {
            draft.file(ROOT + "triggers/File", 0644, lines(paths));
        } else if (draft.exists(ROOT + "triggers/File")) {
            draft.remove(ROOT + "triggers/File");
        }
        draft.file(ROOT + "triggers/Lock", 0600, "");
        draft.file(ROOT + "triggers/Unincorp", 0644, "");
        for (Map.Entry<String, Set<String>> name : names.entrySet()) {
            Set<String> owners = new LinkedHashSet<>(draft.text(ROOT + "triggers/" + name.getKey())
                    .orElse("")
                    .lines()
                    .toList());
            owners.addAll(name.getValue());
            draft.file(ROOT + "triggers/" + name.getKey(), 0644, lines(owners));
        }
    }

    /** Named triggers in which a version before was interested; a file without interests goes away. */
    private static void forgetNames(
            PlatformInput input, Unpacking unpacking, StateDraft draft, SortedMap<String, Set<String>> names)
            throws IOException {
        for (String name : List.copyOf(draft.names(ROOT + "triggers"))) {
            if (name.equals("File") || name.equals("Lock") || name.equals("Unincorp")) {
                continue;
            }
            List<String> before =
                    draft.text(ROOT + "triggers/" + name).orElse("").lines().toList();
            List<String> after = before.stream()
                    .filter(owner -> input.packages().stream().noneMatch(facts -> isOf(facts, unpacking, owner)))
                    .toList();
            if (after.isEmpty() && !before.isEmpty() && !names.containsKey(name)) {
                draft.remove(ROOT + "triggers/" + name);
            } else if (after.size() < before.size()) {
                draft.file(ROOT + "triggers/" + name, 0644, lines(after));
            }
        }
    }

    private static boolean isOf(DebFacts facts, Unpacking unpacking, String owner) {
        String name = owner.replaceFirst("/noawait$", "");
        return name.equals(facts.qualifiedName())
                || unpacking
                        .old(facts)
                        .map(InstalledPackage::qualifiedName)
                        .filter(name::equals)
                        .isPresent();
    }

    private static void append(StateDraft draft, String file, List<String> more) throws IOException {
        String before = draft.text(ROOT + file).orElse("");
        StringBuilder text = new StringBuilder(before);
        more.stream().filter(one -> !before.contains(one)).forEach(text::append);
        if (text.length() > before.length()) {
            draft.file(ROOT + file, 0644, text.toString());
        }
    }

    private static String lines(Iterable<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
