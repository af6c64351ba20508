package io.rosbalena.robot.fleet;

import java.util.Optional;

/** A person to ask. */
public interface Prompt {
    /** A line; empty where nobody is there. */
    Optional<String> line(String question);

    /** A line that is not shown while it is typed; empty where nobody is there. */
    Optional<String> secret(String question);
}
