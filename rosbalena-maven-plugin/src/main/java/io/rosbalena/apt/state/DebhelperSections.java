package io.rosbalena.apt.state;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of maintainer scripts that debhelper's tools write, told by the comments round them. Most of these tools do
 * something for a running system alone, or what we do by a general rule.
 */
final class DebhelperSections {
    private static final Pattern BEGIN = Pattern.compile("# Automatically added by ([a-z0-9_-]+).*");
    private static final Pattern END = Pattern.compile("# End automatically added section.*");
    private static final Set<String> HARMLESS = Set.of(
            "dh_installsystemd",
            "dh_installsystemduser",
            "dh_systemd_enable",
            "dh_systemd_start",
            "dh_installinit",
            "dh_installdeb",
            "dh_installmenu",
            "dh_makeshlibs",
            "dh_installtmpfiles",
            "dh_installsysusers",
            "dh_installalternatives",
            "dh_python3",
            "dh_pypy",
            "dh_installudev",
            "dh_icons",
            "dh_gconf",
            "dh_installmime",
            "dh_desktop",
            "dh_installxfonts",
            "dh_installemacsen",
            "dh_perl",
            "dh_scrollkeeper",
            "dh_usrlocal",
            "dh_runit",
            "dh_installlogcheck",
            "dh_girepository",
            "dh_fontconfig",
            "dh_installdebconf",
            "dh_apparmor",
            "dh_bugfiles",
            "dh_movetousr",
            "dh_sysuser",
            "dh_installinfo",
            "dh_haskell",
            "dh_dkms");

    private DebhelperSections() {}

    /** The numbers of the lines, from 1, whose unknown commands may be passed over. */
    static Set<Integer> harmless(List<String> lines) {
        Set<Integer> harmless = new HashSet<>();
        boolean inside = false;
        for (int i = 0; i < lines.size(); i++) {
            Matcher begin = BEGIN.matcher(lines.get(i));
            if (begin.matches()) {
                inside = HARMLESS.contains(begin.group(1));
            } else if (END.matcher(lines.get(i)).matches()) {
                inside = false;
            } else if (inside) {
                harmless.add(i + 1);
            }
        }
        return harmless;
    }
}
