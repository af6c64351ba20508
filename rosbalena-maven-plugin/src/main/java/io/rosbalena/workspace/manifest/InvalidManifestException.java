package io.rosbalena.workspace.manifest;

import java.util.List;

/** A manifest that is not valid. The message is the one that catkin_pkg gives, without the name of the file. */
public final class InvalidManifestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<ManifestProblem> problems;
    private final boolean meantForRos;

    InvalidManifestException(String message, boolean meantForRos, List<ManifestProblem> problems) {
        super(message);
        this.problems = List.copyOf(problems);
        this.meantForRos = meantForRos;
    }

    /** Every problem found, with its place; more than the message tells, which stops at the first kind. */
    public List<ManifestProblem> problems() {
        return problems;
    }

    /**
     * Whether the file was written for ROS: it names the schema, a format, or has an element that no other kind of
     * {@code package.xml} has. colcon passes over the others in silence.
     */
    public boolean meantForRos() {
        return meantForRos;
    }
}
