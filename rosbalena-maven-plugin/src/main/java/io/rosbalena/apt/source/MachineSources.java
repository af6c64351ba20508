package io.rosbalena.apt.source;

import io.rosbalena.finding.Findings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The apt sources that a Debian or Ubuntu machine, or another root, has configured. */
public final class MachineSources {
    private static final String FOLDER = "/etc/apt/sources.list.d";

    private MachineSources() {}

    /**
     * Reads {@code etc/apt/sources.list} and {@code etc/apt/sources.list.d/*.list} and {@code *.sources} below a root,
     * with the keyrings that they name. Archives of third parties among them are passed over later, with a note.
     */
    public static List<AptSource> read(Path root, Findings findings) throws IOException {
        return read(AptFiles.below(root), AptSource.ThirdParties.SKIP, findings);
    }

    /** The same from any files, for example those of a base image, whose third parties count. */
    public static List<AptSource> read(AptFiles files, AptSource.ThirdParties thirdParties, Findings findings)
            throws IOException {
        AptSourceReader reader = new AptSourceReader(files, thirdParties, findings);
        List<String> paths = new ArrayList<>(List.of("/etc/apt/sources.list"));
        files.list(FOLDER).stream()
                .filter(path -> path.endsWith(".list") || path.endsWith(".sources"))
                .forEach(paths::add);
        List<AptSource> sources = new ArrayList<>();
        for (String path : paths) {
            var content = files.find(path);
            if (content.isPresent()) {
                try (InputStream in = content.get().open()) {
                    sources.addAll(reader.read(path, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
        }
        return sources;
    }
}
