package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.apt.deb.SmallDeb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
    private static final String PASSWD =
            "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534::/nonexistent:/usr/sbin/nologin\n";
    private static final String GROUP = "root:x:0:\nshadow:x:42:\nusers:x:100:\nnogroup:x:65534:\n";

    @TempDir
    Path directory;

    @Test
    void givesTheNextFreeNumbersAndTellsThemForTheLock() throws IOException {
        PlatformState state = state(new TreeMap<>(), "zeta", "alpha");
        assertThat(state.accounts())
                .isEqualTo(Map.of("user alpha", 100, "group alpha", 101, "user zeta", 101, "group zeta", 102));
        assertThat(SmallFacts.text(state.tree(), "etc/passwd"))
                .isEqualTo(PASSWD
                        + "alpha:x:100:101::/nonexistent:/usr/sbin/nologin\n"
                        + "zeta:x:101:102::/nonexistent:/usr/sbin/nologin\n");
        assertThat(SmallFacts.text(state.tree(), "etc/group")).isEqualTo(GROUP + "alpha:x:101:\nzeta:x:102:\n");
        assertThat(SmallFacts.text(state.tree(), "etc/shadow")).endsWith("alpha:!:10957::::::\nzeta:!:10957::::::\n");
        assertThat(SmallFacts.find(state.tree(), "etc/shadow"))
                .hasValueSatisfying(entry -> assertThat(entry.gid()).isEqualTo(42));
    }

    @Test
    void keepsTheNumbersOfTheLockAndNeverGivesOneTwice() throws IOException {
        SortedMap<String, Integer> known = new TreeMap<>(Map.of("user zeta", 100, "group zeta", 101, "user gone", 102));
        PlatformState state = state(known, "zeta", "alpha");
        assertThat(state.accounts())
                .isEqualTo(Map.of(
                        "user zeta", 100, "group zeta", 101, "user gone", 102, "user alpha", 101, "group alpha", 102));
        assertThat(SmallFacts.text(state.tree(), "etc/group")).endsWith("zeta:x:101:\nalpha:x:102:\n");
    }

    @Test
    void addsToTheAccountsOfABaseAndLeavesThemAloneWithoutNeed() throws IOException {
        assertThat(SmallFacts.find(state(new TreeMap<>()).tree(), "etc/passwd")).isEmpty();
    }

    private PlatformState state(SortedMap<String, Integer> known, String... users) throws IOException {
        List<DebFacts> packages = new java.util.ArrayList<>();
        for (String user : users) {
            packages.add(SmallFacts.of(SmallDeb.named(directory, "for-" + user)
                    .control("postinst", "#!/bin/sh\nadduser --system --group --no-create-home " + user + "\n")));
        }
        return PlatformState.of(new PlatformInput(
                "amd64",
                packages,
                new TreeMap<>(),
                Set.of(),
                PathRewrite.DEBIAN,
                new DpkgDatabaseTest.MapBase(Map.of(
                        "/etc/passwd",
                        PASSWD,
                        "/etc/group",
                        GROUP,
                        "/etc/shadow",
                        "root:*:10957:0:99999:7:::\nnobody:*:10957:0:99999:7:::\n",
                        "/etc/gshadow",
                        "root:*::\nshadow:*::\nusers:*::\nnogroup:*::\n")),
                UnknownScripts.WARN,
                known));
    }
}
