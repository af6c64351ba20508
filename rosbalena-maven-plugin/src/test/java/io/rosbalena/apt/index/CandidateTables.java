package io.rosbalena.apt.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.preference.PackageFile;
import io.rosbalena.apt.preference.Preferences;
import io.rosbalena.store.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tables of candidates written down in a test. */
public final class CandidateTables {
    /** The archive of all candidates made here. */
    public static final ArchiveId ARCHIVE = new ArchiveId("Test", "Test", "test", "main");

    private CandidateTables() {}

    /**
     * A table for amd64 of paragraphs with at least {@code Package}; what else an index must have is added.
     *
     * @param paragraphs each the lines of one package
     */
    public static CandidateTable of(String... paragraphs) {
        StringBuilder index = new StringBuilder();
        for (String paragraph : paragraphs) {
            String text = paragraph.strip();
            String name = text.lines().findFirst().orElseThrow().replace("Package: ", "");
            List<String> lines = new ArrayList<>(List.of(text));
            add(lines, text, "Version", "1");
            add(lines, text, "Architecture", "amd64");
            add(lines, text, "Filename", "pool/" + name + ".deb");
            add(lines, text, "Size", "1");
            add(lines, text, "SHA256", Digest.of(text).hex());
            index.append(String.join("\n", lines)).append("\n\n");
        }
        PackageIndex packages = new PackageIndex(
                ARCHIVE, PackageFile.unnamed(500), index.toString().getBytes(UTF_8));
        return new CandidateTable("amd64", List.of(packages), Preferences.NONE, Map.of(), Map.of(), List.of());
    }

    private static void add(List<String> lines, String text, String field, String value) {
        if (!("\n" + text).contains("\n" + field + ": ")) {
            lines.add(field + ": " + value);
        }
    }
}
