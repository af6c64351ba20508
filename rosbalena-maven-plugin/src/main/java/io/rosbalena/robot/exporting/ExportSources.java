package io.rosbalena.robot.exporting;

import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.source.Keyring;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.base.ProjectSources;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The apt sources that a project names, as files below {@code apt/} that are copied to {@code /etc/apt}. Those of a base are
 * in its image; those of this machine are nobody else's.
 */
final class ExportSources {
    /** The folder in the export. */
    static final String FOLDER = "apt";

    private final RobotProject project;
    private final MemoryTree export;
    private final Findings findings;

    ExportSources(RobotProject project, MemoryTree export, Findings findings) {
        this.project = project;
        this.export = export;
        this.findings = findings;
    }

    /** Writes them; tells whether there are any. */
    boolean write() throws IOException {
        int number = 0;
        for (AptSource source : ProjectSources.named(project, findings)) {
            List<String> uris = reachable(source);
            if (!uris.isEmpty()) {
                number++;
                put(
                        "sources.list.d/rosbalena-" + number + ".sources",
                        text(source, uris, keys(source.keyring(), number)));
            }
        }
        findings.throwIfErrors();
        return number > 0;
    }

    private List<String> reachable(AptSource source) {
        List<String> uris = new ArrayList<>();
        for (URI uri : source.uris()) {
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isWeb && uri.getRawUserInfo() == null) {
                uris.add(uri.toString());
            } else {
                findings.add(Finding.warning(
                                "RB189",
                                isWeb
                                        ? "an apt source with a login is left out: whoever has the Dockerfiles would have it"
                                        : "the apt source " + uri + " is left out: builders cannot reach it")
                        .at(source.file(), source.line())
                        .fix("name an address that the builder reaches without a login"));
            }
        }
        return uris;
    }

    private List<String> keys(Keyring keyring, int number) throws IOException {
        List<String> names = new ArrayList<>();
        for (Keyring.KeyFile key : keyring.files()) {
            byte[] bytes = key.content().bytes();
            boolean armoured = new String(bytes, StandardCharsets.ISO_8859_1).startsWith("-----BEGIN");
            String name = "keyrings/rosbalena-" + number + "-" + (names.size() + 1) + (armoured ? ".asc" : ".gpg");
            export.put(Entry.file(TreePath.parse("/" + FOLDER + "/" + name), 0644, bytes));
            names.add("/etc/apt/" + name);
        }
        return names;
    }

    private String text(AptSource source, List<String> uris, List<String> keys) {
        StringBuilder text = new StringBuilder("Types: deb\n");
        field(text, "URIs", uris);
        field(text, "Suites", source.suites());
        field(text, "Components", source.components());
        field(text, "Architectures", source.architectures());
        if (source.trusted() || uris.stream().anyMatch(project.apt().trust().allowUnsigned()::contains)) {
            field(text, "Trusted", List.of("yes"));
        }
        field(text, "Signed-By", keys);
        return text.toString();
    }

    private static void field(StringBuilder text, String name, List<String> values) {
        if (!values.isEmpty()) {
            text.append(name).append(": ").append(String.join(" ", values)).append('\n');
        }
    }

    private void put(String name, String text) {
        export.put(Entry.file(TreePath.parse("/" + FOLDER + "/" + name), 0644, text.getBytes(StandardCharsets.UTF_8)));
    }
}
