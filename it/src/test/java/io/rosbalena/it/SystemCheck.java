package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a Debian system says of itself, in a root that was unpacked from an image.
 *
 * @param verify {@code dpkg --verify}
 * @param audit {@code dpkg --audit}
 * @param check the exit status of {@code apt-get check}
 * @param unfinished packages that are not simply installed, of {@code dpkg -l}
 */
record SystemCheck(String verify, String audit, int check, List<String> unfinished) {
    /** A system in which nothing is amiss. */
    static final SystemCheck CLEAN = new SystemCheck("", "", 0, List.of());

    private static final Pattern COMPILER =
            Pattern.compile("(.*-)?(gcc|g\\+\\+|cc|c\\+\\+|clang|ld|as|cpp)(-[0-9.]+)?|cmake|make|ninja|colcon|idlc");
    private static final Pattern SOURCE = Pattern.compile(".*\\.(c|cc|cpp|h|hpp|idl)|CMakeLists\\.txt|setup\\.py");

    static SystemCheck of(Path root) throws IOException, InterruptedException {
        return new SystemCheck(
                in(root, "dpkg", "--verify"),
                in(root, "dpkg", "--audit"),
                Program.of("chroot", root, "apt-get", "check").run().status(),
                in(root, "dpkg", "-l")
                        .lines()
                        .filter(line -> line.matches("[a-z][a-zA-Z][ A-Z] .*") && !line.startsWith("ii "))
                        .toList());
    }

    /** What is found here is found in the other system, too, but for files that {@link DebianBase} tells its dpkg to leave out. */
    void findsNothingBut(SystemCheck other) {
        assertThat(other.verify.lines())
                .containsAll(verify.lines()
                        .filter(line -> !line.matches("missing +/usr/share/(man|doc|locale)(/.*)?"))
                        .toList());
        assertThat(other.audit).contains(audit);
        assertThat(check).isEqualTo(other.check);
        assertThat(other.unfinished).containsAll(unfinished);
    }

    /** What a program prints in a root, where it must end with 0. */
    static String in(Path root, String... command) throws IOException, InterruptedException {
        Object[] all = new Object[command.length + 2];
        all[0] = "chroot";
        all[1] = root;
        System.arraycopy(command, 0, all, 2, command.length);
        return Program.of(all).output();
    }

    /** Installs a package with apt itself, from the sources of the root; this machine's resolver serves it. */
    static void install(Path root, String name) throws IOException, InterruptedException {
        for (String file : List.of("etc/resolv.conf", "etc/hosts")) {
            Files.copy(Path.of("/", file), root.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        in(root, "apt-get", "-qq", "update");
        Program.of("chroot", root, "apt-get", "-qq", "-y", "--no-install-recommends", "install", name)
                .environment("DEBIAN_FRONTEND", "noninteractive")
                .environment("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
                .output();
    }

    /** The libraries that the loader finds are those that the root's own ldconfig finds. */
    static void libraryCacheIsThatOfLdconfig(Path root) throws IOException, InterruptedException {
        String ours = in(root, "ldconfig", "-p");
        in(root, "ldconfig");
        assertThat(ours).isEqualTo(in(root, "ldconfig", "-p"));
    }

    static void holdsNoCompilerAndNoSource(Path root) throws IOException {
        try (Stream<Path> programs = Files.list(root.resolve("usr/bin"));
                Stream<Path> workspace = Files.walk(root.resolve("ros2_ws"))) {
            assertThat(programs.map(SystemCheck::name))
                    .isNotEmpty()
                    .noneMatch(name -> COMPILER.matcher(name).matches());
            assertThat(workspace.map(SystemCheck::name))
                    .noneMatch(name -> SOURCE.matcher(name).matches());
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
