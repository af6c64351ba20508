package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.apt.deb.SmallDeb;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a base diverts or gives other owners, as the real dpkg lays them out. */
class DiversionsTest {
    @TempDir
    Path directory;

    private SmallDeb tool(String version) throws IOException {
        return new SmallDeb(
                directory,
                "Package: tool\nVersion: " + version
                        + "\nArchitecture: all\nMaintainer: A <a@example.org>\nDescription: x\n");
    }

    private DpkgBase base() throws IOException {
        RealTool.require("dpkg-divert");
        return DpkgBase.in(directory);
    }

    private void divert(DpkgBase base, String owner, String from, String to) throws IOException {
        RealTool.run(
                directory,
                "dpkg-divert",
                "--root",
                base.file("").toString(),
                owner,
                "--no-rename",
                "--divert",
                to,
                from);
    }

    @Test
    void filesOfOtherPackagesStandElsewhere() throws IOException {
        Path vendor = SmallDeb.named(directory, "vendor")
                .file("usr/lib/libGL.so.1", "vendor's")
                .file("usr/share/vendor", "1")
                .build();
        Path first = tool("1")
                .file("usr/lib/libGL.so.1", "1")
                .file("usr/bin/tool", "1")
                .file("usr/bin/old", "1")
                .build();
        Path second = tool("2")
                .file("usr/lib/libGL.so.1", "2")
                .file("usr/bin/tool", "2")
                .hardlink("usr/bin/twin", "usr/bin/tool")
                .build();
        DpkgBase base = base();
        base.write("var/lib/dpkg/diversions", "").write("var/lib/dpkg/status", "");
        divert(base, "--package=vendor", "/usr/lib/libGL.so.1", "/usr/lib/libGL.so.1.distrib");
        divert(base, "--local", "/usr/bin/tool", "/usr/bin/tool.real");
        divert(base, "--local", "/usr/bin/old", "/usr/bin/old.real");
        base.install(vendor).write("usr/bin/tool", "by hand").isTheBase();
        base.install(first);
        assertThat(base.ours(first)).isEqualTo(base.real());
        assertThat(base.real()).containsKeys("usr/bin/tool.real", "usr/bin/old.real", "usr/lib/libGL.so.1.distrib");

        base.isTheBase().install(second);
        assertThat(base.ours(second)).isEqualTo(base.real());
        assertThat(base.real()).doesNotContainKey("usr/bin/old.real");
        assertThat(base.said()).isEmpty();
    }

    @Test
    void ownersAndModesSetByHandArePutOnWhatIsAdded() throws IOException {
        Path deb = tool("1")
                .file("usr/bin/tool", "1")
                .file("usr/bin/other", "1")
                .file("var/lib/tool/x", "1")
                .build();
        DpkgBase base = base().write(
                        "var/lib/dpkg/statoverride",
                        "root root 4750 /usr/bin/tool\n#7 #8 640 /usr/bin/other\n#7 #8 2770 /var/lib/tool\n")
                .isTheBase();
        base.install(deb);
        assertThat(base.ours(deb)).isEqualTo(base.real());
        assertThat(base.real().get("usr/bin/tool")).startsWith("FILE 4750 0:0");
        assertThat(base.real().get("var/lib/tool")).startsWith("DIRECTORY 2770 7:8");
    }
}
