package io.rosbalena.robot.project;

import io.rosbalena.compose.Service;
import io.rosbalena.workspace.RunClosure;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A service that is built from packages.
 *
 * @param compose what the manifest says of it
 * @param own the workspace packages that it is for
 * @param closure what they need to run; empty for a service of Debian packages alone
 * @param launched whether it has no command and its sources have one launch file, which will be started
 * @param looking whether it holds the verbs of {@code ros2} that look into a running robot
 */
public record RobotService(
        Service compose, SortedSet<String> own, Optional<RunClosure> closure, boolean launched, boolean looking) {
    public RobotService {
        own = Collections.unmodifiableSortedSet(own);
    }

    public String name() {
        return compose.name();
    }

    /** The workspace packages in its image. */
    public SortedSet<String> packages() {
        return closure.<SortedSet<String>>map(RunClosure::packages).orElse(Collections.emptySortedSet());
    }

    /** The rosdep keys that its image needs. */
    public SortedSet<String> keys() {
        SortedSet<String> keys = new TreeSet<>();
        closure.ifPresent(one -> keys.addAll(one.keys().keySet()));
        RosCommand.key(this).filter(key -> !packages().contains(key)).ifPresent(keys::add);
        keys.addAll(tools());
        return Collections.unmodifiableSortedSet(keys);
    }

    /** The keys that nothing but the wish for tools asks for. */
    public SortedSet<String> tools() {
        SortedSet<String> tools = looking ? RosCommand.tools() : new TreeSet<>();
        tools.removeAll(packages());
        return tools;
    }
}
