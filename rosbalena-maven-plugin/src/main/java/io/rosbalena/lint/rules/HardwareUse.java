package io.rosbalena.lint.rules;

import io.rosbalena.compose.HardwareWord;
import io.rosbalena.compose.Service;
import io.rosbalena.lint.DeviceType;
import io.rosbalena.lint.hardware.HardwareNeeds;
import java.util.List;
import java.util.stream.Collectors;

/** What the words of {@code x-rosbalena.hardware} became, and where they say too little. */
final class HardwareUse implements Check {
    private static final String PATH = "x-rosbalena.hardware";

    @Override
    public void check(RobotView robot, Report report) {
        for (Service service : robot.compose().services().values()) {
            HardwareNeeds needs = robot.hardware(service);
            String words =
                    needs.known().keySet().stream().map(HardwareWord::word).collect(Collectors.joining(", "));
            if (!needs.fields().isEmpty() && !service.flag("privileged")) {
                report.add(
                        LintRule.HARDWARE,
                        service,
                        PATH,
                        "hardware " + words + " becomes " + String.join("; ", needs.fields()),
                        "nothing to do; what the service says itself stays as it is");
            }
            needs.open().forEach(word -> open(word, needs, robot.deviceTypes(), report));
            for (HardwareWord word : needs.cutOff()) {
                report.add(
                        LintRule.HARDWARE_OPEN,
                        service,
                        PATH,
                        word.word() + " is reached through the host's network alone, and the service is in another one",
                        "write network_mode: host without networks and ports; a peer of dds: unicast needs another"
                                + " service for it");
            }
        }
    }

    private static void open(HardwareWord word, HardwareNeeds needs, List<DeviceType> types, Report report) {
        String name = "name it, for example devices: [\"" + word.example() + ":" + word.example() + "\"]";
        if (needs.known().containsKey(word)) {
            report.add(
                    LintRule.HARDWARE_OPEN,
                    needs.service(),
                    PATH,
                    "at which port " + word.word() + " is, nobody but you knows",
                    name);
        } else if (types.isEmpty()) {
            report.add(
                    LintRule.HARDWARE_OPEN,
                    needs.service(),
                    PATH,
                    "what " + word.word() + " is depends on the device type, and none is given",
                    "write <deviceTypes> in the POM, or " + name);
        } else {
            report.add(
                    LintRule.HARDWARE_OPEN,
                    needs.service(),
                    PATH,
                    "which device " + word.word() + " is on "
                            + types.stream().map(DeviceType::slug).collect(Collectors.joining(", "))
                            + " is not known, or not the same",
                    name);
        }
    }
}
