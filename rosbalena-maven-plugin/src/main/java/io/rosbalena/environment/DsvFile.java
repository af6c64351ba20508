package io.rosbalena.environment;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code .dsv} files. */
final class DsvFile {
    private DsvFile() {}

    /** The lines of a file; a line that does not read becomes a finding. */
    static List<DsvLine> parse(String path, byte[] content, Findings findings) {
        List<DsvLine> lines = new ArrayList<>();
        int number = 0;
        for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
            number++;
            // Comments came with colcon-core 0.13; older versions refuse them.
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                lines.add(DsvLine.parse(number, line));
            } catch (IllegalArgumentException e) {
                findings.add(Finding.error("RB370", "this line of an environment hook " + e.getMessage())
                        .fix("mend the hook in the package that installs it, or the package's version")
                        .at(path, number));
            }
        }
        return lines;
    }
}
