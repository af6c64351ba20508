package io.rosbalena.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.JavaInLocale;
import io.rosbalena.finding.Findings;
import io.rosbalena.workspace.source.FileDigests;
import io.rosbalena.workspace.source.SourceReader;
import io.rosbalena.workspace.source.SourceRules;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Names beyond ASCII read the same in every locale; the C locale is that of a bare container. */
class LocaleTest {
    @TempDir
    private Path folder;

    /** Prints what a workspace holds. */
    static final class Listing {
        private Listing() {}

        public static void main(String[] arguments) throws IOException {
            try (PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8)) {
                Path project = Path.of(arguments[0]);
                Workspace workspace = Workspace.scan(project, Path.of("src"), ConditionContexts.of("humble", Map.of()));
                SourceReader reader = new SourceReader(workspace, SourceRules.of(project), FileDigests.READING);
                for (RosPackage one : workspace.packages()) {
                    Findings findings = new Findings();
                    var tree = reader.read(one, findings);
                    out.println(one.name() + " " + one.path() + " " + one.file() + " " + tree.digest() + " "
                            + tree.files().stream()
                                    .map(file -> file.path().text())
                                    .toList() + findings.all());
                }
                workspace.findings().forEach(finding -> out.println(finding.print()));
            }
        }
    }

    @Test
    void namesBeyondAsciiReadTheSameInTheCLocale() throws Exception {
        JavaInLocale.assumeUtf8();
        Path one = folder.resolve("src/r\u00f6boter/\u673a\u5668\u4eba \ud83e\udd16");
        Manifests.write(one, "a", "<exec_depend></exec>");
        Files.writeString(one.resolve("gr\u00fc\u00dfe.txt"), "x");
        Files.createSymbolicLink(one.resolve("link"), Path.of("gr\u00fc\u00dfe.txt"));
        Manifests.write(folder.resolve("src/r\u00f6boter/b"), "b", "");
        Files.writeString(folder.resolve("src/r\u00f6boter/b/gr\u00fc\u00dfe.txt"), "x");
        Files.createSymbolicLink(folder.resolve("src/r\u00f6boter/b/link"), Path.of("gr\u00fc\u00dfe.txt"));
        String utf8 = list("C.UTF-8");
        assertThat(utf8)
                .contains("b r\u00f6boter/b src/r\u00f6boter/b/package.xml sha256:")
                .contains("[gr\u00fc\u00dfe.txt, link, package.xml][]")
                .contains("src/r\u00f6boter/\u673a\u5668\u4eba \ud83e\udd16/package.xml:5");
        assertThat(list("C")).isEqualTo(utf8);
    }

    private String list(String locale) throws Exception {
        return JavaInLocale.run(locale, Listing.class, List.of(Workspace.class, Yaml.class), folder.toString());
    }
}
