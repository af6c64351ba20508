package io.rosbalena.apt.state;

import java.util.List;

/**
 * An {@code update-alternatives --install} of a maintainer script.
 *
 * @param link absolute path of the generic link
 * @param name of the group
 * @param path absolute path of the choice
 * @param priority of the choice
 * @param followers the {@code --slave} options
 */
record AlternativeCall(String link, String name, String path, int priority, List<Follower> followers) {
    /** A {@code --slave} option: its link, its name, and where the link leads with this choice. */
    record Follower(String link, String name, String path) {}
}
