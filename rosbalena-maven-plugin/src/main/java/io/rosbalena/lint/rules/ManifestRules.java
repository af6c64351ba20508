package io.rosbalena.lint.rules;

import io.rosbalena.finding.Findings;
import java.util.List;

/** All rules. */
public final class ManifestRules {
    private static final List<Check> CHECKS = List.of(
            new DeviceLimits(),
            new OneShotRestart(),
            new BalenaLabels(),
            new UpdateStrategies(),
            new Secrets(),
            new ImageNames(),
            new Discovery(),
            new Middleware(),
            new Domains(),
            new DiscoveryVariables(),
            new Shutdown(),
            new WrittenFiles(),
            new Output(),
            new ParticipantIndex(),
            new KernelSettings(),
            new DeviceAccess(),
            new HardwareUse());

    private ManifestRules() {}

    /**
     * Applies every rule.
     *
     * @param findings receives what they say, in no order
     */
    public static void check(RobotView robot, Findings findings) {
        Report report = new Report(findings);
        CHECKS.forEach(check -> check.check(robot, report));
    }
}
