package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.apt.deb.SmallDeb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shells on a base that has some already, as debianutils' own update-shells lists them. */
class LoginShellsTest {
    @TempDir
    Path directory;

    @Test
    void addsToAndRemovesFromTheShellsOfABaseAsUpdateShellsDoes() throws IOException {
        RealTool.require("update-shells", "dpkg-realpath");
        Map<String, String> base = Map.of(
                "/usr/share/debianutils/shells", "# /etc/shells: valid login shells\n",
                "/usr/share/debianutils/shells.d/bash", "/bin/bash\n/bin/rbash\n",
                "/etc/shells", "# mine\n/bin/bash\n/bin/gone\n/opt/own\n/usr/bin/bash\n",
                "/var/lib/shells.state", "/bin/bash\n/usr/bin/bash\n/bin/rbash\n/usr/bin/rbash\n/bin/gone\n");
        Path root = Files.createDirectory(directory.resolve("root"));
        Files.createDirectories(root.resolve("usr/bin"));
        Files.createSymbolicLink(root.resolve("bin"), Path.of("usr/bin"));
        for (Map.Entry<String, String> file : base.entrySet()) {
            Path path = root.resolve(file.getKey().substring(1));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Files.writeString(root.resolve("usr/share/debianutils/shells.d/zsh"), "/bin/zsh\n");
        RealTool.run(directory, "/usr/sbin/update-shells", "--root", root.toString());

        DebFacts zsh = SmallFacts.of(
                SmallDeb.named(directory, "zsh").file("usr/share/debianutils/shells.d/zsh", "/bin/zsh\n"));
        PlatformState state = PlatformState.of(new PlatformInput(
                "amd64",
                List.of(zsh),
                new TreeMap<>(),
                Set.of(),
                PathRewrite.DEBIAN,
                new DpkgDatabaseTest.MapBase(base),
                UnknownScripts.WARN,
                new TreeMap<>()));

        for (String file : List.of("etc/shells", "var/lib/shells.state")) {
            assertThat(SmallFacts.text(state.tree(), file)).isEqualTo(Files.readString(root.resolve(file)));
        }
    }
}
