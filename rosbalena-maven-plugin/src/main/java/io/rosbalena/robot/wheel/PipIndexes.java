package io.rosbalena.robot.wheel;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.tree.FileNames;
import io.rosbalena.wheel.index.PipConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The indexes of Python projects that a robot takes wheels from. */
final class PipIndexes {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    private PipIndexes() {}

    /**
     * Those of the POM, or of pip's configuration on this machine.
     *
     * @param who needs them, for messages
     * @throws FindingException RB280 if there are none, or one is no address
     */
    static List<URI> of(RobotProject project, String who) throws IOException {
        List<String> named = project.pip().indexes();
        List<String> texts = named.isEmpty()
                ? PipConfiguration.indexes(System.getenv(), Path.of(System.getProperty("user.home")), Path.of("/etc"))
                : named;
        if (texts.isEmpty()) {
            throw FindingException.input(Finding.error(
                            "RB280", "no index of Python projects is known, and one is needed for " + who)
                    .at("pom.xml")
                    .fix("name one in <pipIndexes><pipIndex>, as pip's --index-url takes it; or define the keys for apt"
                            + " in rosdep/overlay.yaml, or leave them out with <skipKeys>"));
        }
        List<URI> indexes = new ArrayList<>();
        for (String text : texts) {
            indexes.add(uri(text, project));
        }
        return indexes;
    }

    private static URI uri(String text, RobotProject project) {
        try {
            URI uri = SCHEME.matcher(text).matches()
                    ? new URI(text)
                    : FileNames.resolve(project.files().directory(), text).toUri();
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            if (List.of("http", "https", "file").contains(scheme)) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // The same finding as for another scheme; the text may hold a password, so it is not shown.
        }
        throw FindingException.input(
                Finding.error("RB280", "an index of Python projects is no http, https or file address, and no folder")
                        .at("pom.xml")
                        .fix("correct <pipIndexes>, or index-url in pip's configuration"));
    }
}
