package io.rosbalena.lint.rules;

/** One family of rules. It knows from what it says so: the manifest, packages, the device type; never from a name. */
interface Check {
    /** Looks at a robot, and reports. */
    void check(RobotView robot, Report report);
}
