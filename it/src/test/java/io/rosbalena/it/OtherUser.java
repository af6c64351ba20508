package io.rosbalena.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real user besides the one of the tests, with nothing of his own: another umask, home, time zone and locale, too. */
final class OtherUser {
    private static final String UNPRIVILEGED = "65534";
    private static final List<String> BECOME =
            List.of("setpriv", "--reuid", UNPRIVILEGED, "--regid", UNPRIVILEGED, "--clear-groups");

    private OtherUser() {}

    static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    /** Whether this test may become another user, who can read what the build is made of. */
    static boolean canBuild(Path project) throws IOException, InterruptedException {
        if (!isRoot()) {
            return false;
        }
        List<Object> question = new ArrayList<>(BECOME);
        question.addAll(List.of(
                "sh",
                "-c",
                "cd \"$1\" && test -z \"$(find \"$2\" ! -readable)\"",
                "sh",
                project,
                System.getProperty("it.repository")));
        return Program.of(question.toArray()).run().status() == 0;
    }

    /** A build by this user, who owns project and store from now on. */
    static NestedMaven in(Path project, Path store) throws IOException, InterruptedException {
        Path home = Files.createDirectories(Projects.store("home-of-" + store.getFileName()));
        for (Path owned : List.of(project, store, home)) {
            Program.of("chown", "-R", UNPRIVILEGED + ":" + UNPRIVILEGED, owned.toString())
                    .output();
        }
        return NestedMaven.in(project)
                .under(BECOME.toArray(String[]::new))
                .under("sh", "-c", "umask 077; exec \"$@\"", "sh")
                .store(store)
                .environment("HOME", home.toString())
                .environment("MAVEN_OPTS", "-Duser.home=" + home)
                .environment("TZ", "Pacific/Chatham")
                .environment("LC_ALL", "C");
    }
}
