package io.rosbalena.robot.starting;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The text of a compose file for services that were found. */
final class ComposeText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_/.-]*");

    private ComposeText() {}

    static String of(Collection<StartedService> services) {
        StringBuilder text = new StringBuilder("""
                # The services of this robot, each in a container of its own: remove those that it does not start, and put
                # packages that belong together into one with x-rosbalena: {packages: [...]}.
                services:
                """);
        boolean first = true;
        for (StartedService service : services) {
            text.append(first ? "" : "\n")
                    .append("  ")
                    .append(scalar(service.name()))
                    .append(":\n");
            if (service.packages().isEmpty()) {
                text.append("    build: ")
                        .append(scalar(folder(service.folder())))
                        .append('\n');
            } else {
                text.append("    x-rosbalena:\n      packages: ")
                        .append(list(service.packages()))
                        .append('\n');
            }
            if (!service.command().isEmpty()) {
                text.append("    command: ").append(list(service.command())).append('\n');
            }
            if (!service.others().isEmpty()) {
                text.append("    # Other programs of this package: ")
                        .append(String.join(", ", service.others()))
                        .append('\n');
            }
            text.append("    restart: unless-stopped\n");
            first = false;
        }
        return text.toString();
    }

    private static String folder(String folder) {
        return folder.isEmpty() || folder.equals(".") ? "." : "./" + folder;
    }

    private static String list(List<String> words) {
        return words.stream().map(ComposeText::scalar).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String scalar(String text) {
        return PLAIN.matcher(text).matches() || text.equals(".") || text.startsWith("./") && isPlain(text.substring(2))
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "$$") + '"';
    }

    private static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches();
    }
}
