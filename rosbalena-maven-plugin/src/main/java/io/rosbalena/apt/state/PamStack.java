package io.rosbalena.apt.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /etc/pam.d/common-*} and {@code /var/lib/pam}, as pam-auth-update(8) puts them together from the profiles that
 * packages ship and that are on by default.
 */
final class PamStack {
    private static final String PROFILES = "/usr/share/pam-configs";
    private static final List<String> TYPES =
            List.of("auth", "account", "password", "session", "session-noninteractive");
    private static final Pattern RULE = Pattern.compile("((?:\\[[^]]+]|\\w+)\\s+\\S+)\\s*(.*)");

    private final List<PamProfile> enabled;
    private final StateDraft draft;

    private PamStack(List<PamProfile> enabled, StateDraft draft) {
        this.enabled = enabled;
        this.draft = draft;
    }

    static void write(StateDraft draft) throws IOException {
        boolean ours = false;
        List<PamProfile> profiles = new ArrayList<>();
        for (String name : draft.names(PROFILES)) {
            ours |= draft.find(PROFILES + "/" + name).isPresent();
            PamProfile profile =
                    PamProfile.parse(name, draft.text(PROFILES + "/" + name).orElse(""));
            if (!profile.isDisabled()) {
                profiles.add(profile);
            }
        }
        if (!ours || draft.text("/usr/share/pam/common-auth").isEmpty()) {
            return;
        }
        profiles.sort(Comparator.comparingInt(PamProfile::priority)
                .thenComparing(PamProfile::name)
                .reversed());
        List<PamProfile> enabled =
                new ArrayList<>(profiles.stream().filter(PamProfile::isDefault).toList());
        for (PamProfile profile : List.copyOf(enabled)) {
            if (enabled.contains(profile)) {
                enabled.removeIf(other -> profile.conflicts().contains(other.name()));
            }
        }
        StringBuilder seen = new StringBuilder();
        profiles.forEach(profile -> seen.append(profile.name()).append('\n'));
        draft.file("/var/lib/pam/seen", 0644, seen.toString());
        PamStack stack = new PamStack(enabled, draft);
        for (String type : TYPES) {
            stack.write(type);
        }
    }

    private void write(String type) throws IOException {
        Optional<String> template = draft.text("/usr/share/pam/common-" + type);
        if (template.isPresent()) {
            draft.file("/etc/pam.d/common-" + type, 0644, common(type, template.get()));
            draft.file("/var/lib/pam/" + type, 0644, memory(type));
        }
    }

    private String common(String type, String template) {
        StringBuilder text = new StringBuilder();
        String until = "";
        for (String line : template.lines().toList()) {
            if (!until.isEmpty() && !line.startsWith(until)) {
                continue;
            }
            until = "";
            text.append(line).append('\n');
            if (line.startsWith("# here are the per-package modules (the \"Primary\" block)")) {
                text.append(rules(type, "Primary"));
                until = "# here's the fallback if no module succeeds";
            } else if (line.startsWith("# and here are more per-package modules (the \"Additional\" block)")) {
                text.append(rules(type, "Additional"));
                until = "# end of pam-auth-update config";
            }
        }
        return text.toString();
    }

    /** {@code end} in a rule becomes the number of rules that it must jump over to leave the block. */
    private String rules(String type, String block) {
        List<String> rules = new ArrayList<>();
        boolean first = true;
        for (PamProfile profile : enabled) {
            if (profile.block(type).equals(block)) {
                rules.addAll(profile.rules(type, first));
                first = false;
            }
        }
        String service = type.replace("-noninteractive", "");
        if (rules.isEmpty() && block.equals("Primary")) {
            return service + "\t[default=1]\t\t\tpam_permit.so\n";
        }
        int left = block.equals("Primary") ? rules.size() : rules.size() - 1;
        StringBuilder text = new StringBuilder();
        for (String rule : rules) {
            Matcher matcher = RULE.matcher(rule);
            if (matcher.matches()) {
                String options = String.join(" ", matcher.group(2).strip().split("\\s+", -1));
                text.append(service)
                        .append('\t')
                        .append(matcher.group(1).replace("end", Integer.toString(left)))
                        .append(' ')
                        .append(options)
                        .append('\n');
            }
            left--;
        }
        return text.toString();
    }

    /** What a later pam-auth-update compares with, so that it does not take our files for an administrator's work. */
    private String memory(String type) {
        StringBuilder text = new StringBuilder();
        int position = 0;
        for (String skipped : List.of("Additional", "Primary")) {
            position = 0;
            int written = 0;
            for (PamProfile profile : enabled) {
                String block = profile.block(type);
                if (!block.isEmpty() && !block.equals(skipped)) {
                    List<String> rules = profile.rules(type, position++ == 0);
                    if (!rules.isEmpty()) {
                        text.append("Module: ").append(profile.name()).append('\n');
                        text.append(String.join("\n", rules)).append('\n');
                        written++;
                    }
                }
            }
            if (written == 0 && skipped.equals("Additional")) {
                text.append("Module: null\n[default=1]\t\t\tpam_permit.so\n");
            }
        }
        return text.toString();
    }
}
