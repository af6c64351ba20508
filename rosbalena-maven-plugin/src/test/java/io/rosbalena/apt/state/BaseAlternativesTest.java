package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.apt.deb.SmallDeb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups of alternatives that a base has already, continued as the real update-alternatives continues them. */
class BaseAlternativesTest {
    private static final String NANO =
            "--install /usr/bin/editor editor /usr/bin/nano 40 --slave /usr/share/man/editor.1 editor.1 /usr/share/man/nano.1";
    private static final String JOE = "--install /usr/bin/editor editor /usr/bin/joe 70";
    private static final String VI =
            "--install /usr/bin/editor editor /usr/bin/vi 50 --slave /usr/bin/view view /usr/bin/vi";
    private static final String ED = "--install /usr/bin/editor editor /usr/bin/ed 90";

    @TempDir
    Path directory;

    private DpkgBase base;

    @BeforeEach
    void editorsOfTheBase() throws IOException {
        RealTool.require("update-alternatives");
        base = DpkgBase.in(directory);
        Path deb = SmallDeb.named(directory, "editors")
                .file("usr/bin/nano", "nano")
                .file("usr/bin/joe", "joe")
                .file("usr/share/man/nano.1", "")
                .build();
        base.install(deb);
        Files.createDirectories(base.file("etc/alternatives"));
        Files.createDirectories(base.file("var/lib/dpkg/alternatives"));
        run(NANO);
    }

    private void run(String words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("update-alternatives", "--root", base.file("").toString(), "--log", "/dev/null", "--quiet"));
        command.addAll(List.of(words.split(" ", -1)));
        RealTool.run(directory, command.toArray(String[]::new));
    }

    private SmallDeb more() throws IOException {
        return SmallDeb.named(directory, "more").file("usr/bin/vi", "vi").file("usr/bin/ed", "ed");
    }

    private void isTheSameAfter(String... calls) throws IOException {
        Path plain = more().build();
        Path withScript = more().control(
                        "postinst",
                        "#!/bin/sh\nset -e\nupdate-alternatives " + String.join("\nupdate-alternatives ", calls) + "\n")
                .build();
        base.isTheBase();
        SortedMap<String, String> ours = base.ours(withScript);
        base.install(plain);
        for (String call : calls) {
            run(call);
        }
        SortedMap<String, String> real = base.real();
        ours.keySet().removeIf(path -> path.matches("var/lib/dpkg/info.*|dev.*"));
        real.keySet().removeIf(path -> path.matches("var/lib/dpkg/info.*|dev.*"));
        assertThat(ours).isEqualTo(real);
    }

    @Test
    void aBetterChoiceTakesTheLinkAndLinksWithoutATargetGo() throws IOException {
        isTheSameAfter(VI);
        assertThat(base.real()).doesNotContainKey("etc/alternatives/editor.1");
        assertThat(base.real().get("etc/alternatives/editor")).endsWith("/usr/bin/vi");
    }

    @Test
    void aLesserChoiceIsOnlyNoted() throws IOException {
        run(JOE);
        isTheSameAfter(VI);
        assertThat(base.real().get("etc/alternatives/editor")).endsWith("/usr/bin/joe");
    }

    @Test
    void whatWasChosenByHandStays() throws IOException {
        run(JOE);
        run("--set editor /usr/bin/nano");
        isTheSameAfter(VI, ED);
        assertThat(base.real().get("etc/alternatives/editor")).endsWith("/usr/bin/nano");
    }

    @Test
    void aLinkThatWasChangedCountsAsChosenByHand() throws IOException {
        base.write("usr/bin/mine", "mine");
        Files.delete(base.file("etc/alternatives/editor"));
        Files.createSymbolicLink(base.file("etc/alternatives/editor"), Path.of("/usr/bin/mine"));
        isTheSameAfter(ED);
    }

    @Test
    void choicesWhoseFilesAreGoneAreForgotten() throws IOException {
        run(JOE);
        Files.delete(base.file("usr/bin/joe"));
        isTheSameAfter(VI);
    }

    @Test
    void aChoiceByHandWhoseFileIsGoneGivesWay() throws IOException {
        run(JOE);
        run("--set editor /usr/bin/nano");
        Files.delete(base.file("usr/bin/nano"));
        isTheSameAfter(VI);
    }
}
