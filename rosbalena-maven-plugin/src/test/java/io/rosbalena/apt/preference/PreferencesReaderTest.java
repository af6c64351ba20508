package io.rosbalena.apt.preference;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.apt.source.AptFiles;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferencesReaderTest {
    private static final PackageFile MAIN =
            new PackageFile("stable", "bookworm", "12", "Debian", "Debian", "main", "amd64", "deb.example.org", 500);

    @TempDir
    private Path root;

    private final Findings findings = new Findings();

    private void write(String path, String text) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text);
    }

    private int priority(String name) throws IOException {
        Policy policy = new Policy(PreferencesReader.read(AptFiles.below(root), findings), List.of(MAIN), "amd64");
        return policy.priority(name, name, "1", List.of(0));
    }

    private static String pin(String name, int priority) {
        return "Package: " + name + "\nPin: release o=Debian\nPin-Priority: " + priority + "\n\n";
    }

    /** As {@code apt_preferences(5)} names them, in that order: the first record that speaks of a package counts. */
    @Test
    void filesAreThoseThatAptReads() throws IOException {
        write("etc/apt/preferences", pin("a", 601));
        write("etc/apt/preferences.d/10-mine", pin("a b", 602));
        write("etc/apt/preferences.d/20-yours.pref", pin("b c", 603));
        write("etc/apt/preferences.d/30-old.bak", pin("d", 604));
        write("etc/apt/preferences.d/40-not~", pin("d", 605));

        assertThat(priority("a")).isEqualTo(601);
        assertThat(priority("b")).isEqualTo(602);
        assertThat(priority("c")).isEqualTo(603);
        assertThat(priority("d")).isEqualTo(500);
        assertThat(findings.all()).isEmpty();
    }

    @Test
    void recordsThatSayNothingSensibleAreToldAndPassedOver() throws IOException {
        write("etc/apt/preferences", """
                Package: a
                Pin: release o=Debian

                Package: a
                Pin: weather sunny
                Pin-Priority: 700

                Pin: release o=Debian
                Pin-Priority: 700

                Package: /(/
                Pin: release o=Debian
                Pin-Priority: 700

                Package: a
                Pin: release o=Debian
                Pin-Priority: 70000

                Package: a
                Pin: release o=Debian
                Pin-Priority: never

                """ + pin("a", 701));

        assertThat(priority("a")).isEqualTo(701);
        assertThat(findings.all())
                .allSatisfy(finding -> assertThat(finding.id()).isEqualTo("RB310"))
                .extracting(Finding::line)
                .containsExactly(2, 5, 8, 11, 16, 20);
        findings.throwIfErrors();
    }

    /** A base comes from anywhere. */
    @Test
    void anExpressionThatWouldTakeForeverMatchesNothing() throws IOException {
        write("etc/apt/preferences", pin("/^(a+)+$/", 700));

        assertThat(priority("a".repeat(28) + "b")).isEqualTo(500);
        assertThat(priority("a".repeat(28))).isEqualTo(700);
    }

    @Test
    void theDefaultReleaseIsThatOfAptsConfiguration() throws IOException {
        write("etc/apt/apt.conf.d/10a", "// APT::Default-Release \"sid\";\nAPT::Default-Release \"bookworm\";\n");

        assertThat(priority("a")).isEqualTo(990);
    }
}
