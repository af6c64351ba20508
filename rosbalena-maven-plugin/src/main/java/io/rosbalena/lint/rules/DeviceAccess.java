package io.rosbalena.lint.rules;

import io.rosbalena.compose.DeviceMapping;
import io.rosbalena.compose.Service;
import java.util.regex.Pattern;

/** Devices of the host: whether the service's user may open them, and whether they are there when it starts. */
final class DeviceAccess implements Check {
    private static final Pattern PLUGGED =
            Pattern.compile("/dev/(?:tty(?:USB|ACM)[0-9]+|video[0-9]+|input/.*|bus/usb/.*|serial/.*|snd/.*|js[0-9]+)");

    @Override
    public void check(RobotView robot, Report report) {
        for (Service service : robot.compose().services().values()) {
            boolean root = service.text("user")
                    .filter(user -> !user.matches("(?:root|0)(?::.*)?"))
                    .isEmpty();
            boolean number = service.texts("group_add").stream().anyMatch(group -> group.matches("[0-9]+"));
            if (!root && !service.devices().isEmpty() && !number) {
                report.add(
                        LintRule.DEVICE_GROUP,
                        service,
                        "devices",
                        "its user " + service.text("user").orElse("")
                                + " opens a device only as a member of the device's" + " group",
                        "add the group by its number on the host: group_add: [\"20\"] for serial ports, \"44\" for"
                                + " cameras; a name is looked up in the image and may have another number there");
            }
            for (DeviceMapping device : service.devices()) {
                if (PLUGGED.matcher(device.source()).matches() && !service.flag("privileged")) {
                    report.add(
                            LintRule.HOT_PLUG,
                            service,
                            "devices",
                            "if " + device.source() + " is not plugged in when the service starts, it does not start;"
                                    + " plugged in anew it may have another number",
                            "nothing to do if it always is; else only privileged: true sees devices that come later");
                }
            }
        }
    }
}
