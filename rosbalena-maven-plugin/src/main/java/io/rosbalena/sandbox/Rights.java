package io.rosbalena.sandbox;

import java.util.ArrayList;
import java.util.List;

/** Which rights over the whole machine a command in a root never has, even where the caller is the machine's root. */
public final class Rights {
    private static final String WITHHELD = "-audit_control,-dac_read_search,-mac_admin,-mac_override,-mknod,-net_admin,"
            + "-sys_admin,-sys_boot,-sys_module,-sys_rawio,-sys_time,-syslog";

    private Rights() {}

    /**
     * The command line that takes them away, to be followed by a program.
     *
     * @param more further options of {@code setpriv}
     */
    public static List<String> withheld(String... more) {
        List<String> line = new ArrayList<>(
                List.of(Tool.require("setpriv", "util-linux").toString(), "--bounding-set=" + WITHHELD));
        line.addAll(List.of(more));
        line.add("--");
        return line;
    }
}
