package io.rosbalena.apt.state;

import java.util.Optional;

/**
 * A system user or group that a package asks for.
 *
 * @param kind what is asked for
 * @param name its name; of a membership the user's
 * @param id a fixed number; empty for the next free one
 * @param group main group of a user, or the group joined; empty for {@code nogroup}, equal to {@code name} for one of
 *     its own
 * @param comment the gecos field
 * @param home home directory
 * @param shell login shell
 * @param locked what stands for the password of an account made this way: {@code !} of adduser, {@code !*} of sysusers
 */
record AccountRequest(
        Kind kind,
        String name,
        Optional<Integer> id,
        Optional<String> group,
        String comment,
        String home,
        String shell,
        String locked) {

    /** What may be asked for. */
    enum Kind {
        USER,
        GROUP,
        MEMBER
    }

    static AccountRequest group(String name, Optional<Integer> id, String locked) {
        return new AccountRequest(Kind.GROUP, name, id, Optional.empty(), "", "", "", locked);
    }

    static AccountRequest member(String user, String group) {
        return new AccountRequest(Kind.MEMBER, user, Optional.empty(), Optional.of(group), "", "", "", "!");
    }
}
