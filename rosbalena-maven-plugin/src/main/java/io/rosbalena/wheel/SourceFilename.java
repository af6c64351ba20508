package io.rosbalena.wheel;

import java.util.List;
import java.util.Optional;

/**
 * What the name of a source archive says (PEP 625, and before it).
 *
 * @param project normalised name
 * @param version of the project
 */
public record SourceFilename(String project, PythonVersion version) {
    private static final List<String> ENDINGS = List.of(".tar.gz", ".zip");
    private static final int LONGEST = 512;

    /**
     * The parts of a name. Older names have hyphens in the project's name and in the version, so that the project must be
     * known to tell them apart.
     *
     * @param project normalised name
     * @return empty if it is no archive of this project
     */
    public static Optional<SourceFilename> parse(String filename, String project) {
        Optional<String> ending = ENDINGS.stream().filter(filename::endsWith).findFirst();
        if (ending.isEmpty() || filename.length() > LONGEST) {
            return Optional.empty();
        }
        String stem = filename.substring(0, filename.length() - ending.get().length());
        for (int at = stem.indexOf('-'); at >= 0; at = stem.indexOf('-', at + 1)) {
            if (ProjectName.normalize(stem.substring(0, at)).equals(project)) {
                return PythonVersion.parse(stem.substring(at + 1)).map(version -> new SourceFilename(project, version));
            }
        }
        return Optional.empty();
    }
}
