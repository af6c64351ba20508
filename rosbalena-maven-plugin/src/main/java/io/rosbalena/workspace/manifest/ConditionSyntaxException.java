package io.rosbalena.workspace.manifest;

/** A condition that does not follow the grammar of REP-149; the message is worded as catkin_pkg words it. */
public final class ConditionSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    ConditionSyntaxException(String message) {
        super(message);
    }
}
