package io.rosbalena.apt.state;

import java.io.IOException;
import java.util.Set;
import java.util.TreeMap;

/** {@code /var/lib/apt/extended_states}: which packages came only as dependencies (apt-mark(8)). */
final class AptMarks {
    private static final String FILE = "/var/lib/apt/extended_states";

    private AptMarks() {}

    static void write(PlatformInput input, StateDraft draft) throws IOException {
        TreeMap<String, String> stanzas = new TreeMap<>();
        String before = draft.text(FILE).orElse("");
        for (String stanza : before.split("\n\n+", -1)) {
            if (stanza.startsWith("Package: ")) {
                stanzas.put(stanza.lines().findFirst().orElse("").substring(9).strip(), stanza.strip());
            }
        }
        Set<String> there = DpkgDatabase.installed(draft);
        for (DebFacts facts : input.packages()) {
            boolean automatic = input.automatic().contains(facts.name());
            if (automatic && there.contains(facts.name())) {
                // An upgrade leaves the mark as the base has it.
                continue;
            }
            stanzas.remove(facts.name());
            if (automatic) {
                String architecture = facts.architecture().equals("all") ? input.architecture() : facts.architecture();
                stanzas.put(
                        facts.name(),
                        "Package: " + facts.name() + "\nArchitecture: " + architecture + "\nAuto-Installed: 1");
            }
        }
        StringBuilder text = new StringBuilder();
        stanzas.values().forEach(stanza -> text.append(stanza).append("\n\n"));
        if (!text.isEmpty() || !before.isEmpty()) {
            draft.file(FILE, 0644, text.toString());
        }
    }
}
