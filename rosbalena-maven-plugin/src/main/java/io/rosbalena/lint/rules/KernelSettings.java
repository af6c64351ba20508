package io.rosbalena.lint.rules;

import io.rosbalena.compose.FieldValue;
import java.util.Optional;

/** {@code sysctls} that are the kernel's alone, not a container's: with them no container starts. */
final class KernelSettings implements Check {
    @Override
    public void check(RobotView robot, Report report) {
        for (ServiceView service : robot.services()) {
            if (service.service().fields().get("sysctls") instanceof FieldValue.Mapping settings) {
                settings.members()
                        .keySet()
                        .forEach(name -> refusal(service, name)
                                .ifPresent(why -> report.add(
                                        LintRule.KERNEL_SETTING,
                                        service.service(),
                                        "sysctls." + name,
                                        "the service does not start with " + name + ": " + why,
                                        name.startsWith("net.core.")
                                                ? "let a privileged service on the host's network write it to /proc/sys once"
                                                : "remove it")));
            }
        }
    }

    /** What the engine accepts: IPC settings of an own IPC namespace, net settings of an own network namespace. */
    private static Optional<String> refusal(ServiceView service, String name) {
        if (name.startsWith("net.")) {
            if (service.isOnHost()) {
                return Optional.of("its network is the host's");
            }
            boolean buffers = name.startsWith("net.core.") && (name.contains("rmem") || name.contains("wmem"));
            return buffers ? Optional.of("the kernel has it once for all") : Optional.empty();
        }
        if (name.startsWith("kernel.shm")
                || name.startsWith("kernel.msg")
                || name.startsWith("fs.mqueue.")
                || name.equals("kernel.sem")) {
            return service.sharesHostMemory() ? Optional.of("its shared memory is the host's") : Optional.empty();
        }
        return Optional.of("the kernel has it once for all");
    }
}
