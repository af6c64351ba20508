package io.rosbalena.apt.state;

import java.util.Set;

/** Commands without a lasting effect in an image: tests, messages, services of an init that does not run, caches. */
final class HarmlessCommands {
    private static final Set<String> NAMES = Set.of("""
            [ test : true false set unset export local readonly umask shift trap return exit break continue
            eval wait read cd pwd echo printf cat grep egrep fgrep sed awk cut tr sort uniq head tail wc
            basename dirname readlink realpath stat md5sum sha256sum sha512sum cmp diff ls find which
            command type id uname date sleep sync seq xargs expr tempfile mktemp getent pidof pgrep
            mountpoint rm rmdir dpkg dpkg-query dpkg-realpath dpkg-maintscript-helper dpkg-trigger
            dpkg-vendor ldconfig py3compile pypy3compile pycompile py3clean deb-systemd-helper
            deb-systemd-invoke systemctl systemd-tmpfiles invoke-rc.d update-rc.d service update-menus
            update-icon-caches gtk-update-icon-cache update-mime-database update-desktop-database
            glib-compile-schemas fc-cache udevadm restorecon selinuxenabled mandb install-info
            update-info-dir debconf-set-selections killall pkill kill logger ischroot getcap
            """.strip().split("\\s+", -1));

    private HarmlessCommands() {}

    static boolean contains(ShellCommand command) {
        String program = command.program();
        return NAMES.contains(program)
                || program.startsWith("db_")
                || (program.equals(".") && command.word(1).contains("confmodule"))
                || program.matches("\\$[12@]");
    }
}
