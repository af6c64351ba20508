package io.rosbalena.lint.rules;

import io.rosbalena.finding.Severity;

/** What can be said about a manifest with the device type, the packages of its services and ROS in view. */
public enum LintRule {
    CPU_SET("RB130", Severity.ERROR),
    MEMORY_LIMIT("RB131", Severity.WARNING),
    ONE_SHOT_RESTART("RB132", Severity.WARNING),
    BALENA_LABEL("RB133", Severity.ERROR),
    /** With these a service owns the device, so the POM must say that this is meant. */
    DANGEROUS_LABEL("RB134", Severity.ERROR),
    PRIVILEGED("RB135", Severity.WARNING),
    UPDATE_STRATEGY("RB136", Severity.ERROR),
    DELTAS_LOST("RB137", Severity.WARNING),
    HAND_OVER("RB138", Severity.WARNING),
    UPDATE_LOCK("RB139", Severity.NOTE),
    LIKELY_SECRET("RB140", Severity.WARNING),
    SECRET("RB141", Severity.ERROR),
    OLD_BASE("RB142", Severity.WARNING),
    IMAGE_ARCHITECTURE("RB143", Severity.ERROR),
    IMAGE_TEMPLATE("RB144", Severity.ERROR),
    UNUSED_ACCEPTANCE("RB145", Severity.WARNING),
    CPU_QUOTA("RB146", Severity.WARNING),
    ONE_SHOT_DEPENDENCY("RB147", Severity.WARNING),
    DOMAIN_PORTS("RB148", Severity.WARNING),
    HAND_OVER_FILE("RB149", Severity.NOTE),
    BRIDGE_DISCOVERY("RB150", Severity.ERROR),
    SHARED_MEMORY("RB151", Severity.WARNING),
    MIDDLEWARE_MISSING("RB152", Severity.ERROR),
    MIDDLEWARE_DIFFERS("RB153", Severity.WARNING),
    DOMAIN_DIFFERS("RB154", Severity.WARNING),
    DOMAIN_RANGE("RB155", Severity.ERROR),
    DISCOVERY_VARIABLE("RB156", Severity.WARNING),
    STOP_SIGNAL("RB157", Severity.WARNING),
    STOP_GRACE("RB158", Severity.WARNING),
    CONTAINER_LAYER("RB159", Severity.WARNING),
    BUFFERED_OUTPUT("RB160", Severity.WARNING),
    PARTICIPANT_INDEX("RB161", Severity.WARNING),
    KERNEL_SETTING("RB162", Severity.ERROR),
    DEVICE_GROUP("RB163", Severity.WARNING),
    HOT_PLUG("RB164", Severity.NOTE),
    REQUIREMENT("RB165", Severity.ERROR),
    REQUIREMENT_SUPERVISOR("RB166", Severity.WARNING),
    UNICAST_ON_HOST("RB169", Severity.ERROR),
    BRIDGE_MULTICAST("RB170", Severity.WARNING),
    HARDWARE("RB192", Severity.NOTE),
    HARDWARE_OPEN("RB193", Severity.WARNING),
    BEYOND_HARDWARE("RB194", Severity.WARNING);

    private final String id;
    private final Severity severity;

    LintRule(String id, Severity severity) {
        this.id = id;
        this.severity = severity;
    }

    /** The identifier that findings and the site's pages carry. */
    public String id() {
        return id;
    }

    /** How much a finding of this rule matters. */
    public Severity severity() {
        return severity;
    }
}
