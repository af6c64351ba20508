package io.rosbalena.apt.state;

import java.util.regex.Pattern;

/** The tests of maintainer scripts that are never true at a first installation (Debian policy 6.5, dpkg(1)). */
final class UpgradeOnly {
    private static final Pattern NEVER = Pattern.compile(String.join(
            "|",
            // The old version is empty at a first installation.
            "(\\[|test) -n \\$\\{?2[}:-]*( .*)?",
            "(\\[|test) \\$\\{?2}? !=( \\])?",
            "dpkg --compare-versions (-- )?\\$\\{?(2|preversion|oldversion)}? (lt|le|gt|ge)-nl .*",
            // Other actions than the first installation's.
            "(\\[|test) x?\\$\\{?(1|action)}? ==? x?(upgrade|triggered|abort-[a-z]+|remove|purge|reconfigure)( .*)?",
            // systemd is not running where an image is built.
            "(\\[|test) -[de] /run/systemd/system( .*)?",
            // A package is installed again after it was removed, its configuration kept.
            "(\\[|test) \\$1 = install -a -n \\$2 .*"));

    private UpgradeOnly() {}

    static boolean test(ShellCommand command) {
        String words = ShellCommand.unquoted(String.join(" ", command.words()));
        return !words.contains(" -o ") && NEVER.matcher(words).matches();
    }
}
