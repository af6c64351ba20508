package io.rosbalena.lint.contract;

import io.rosbalena.finding.Findings;
import io.rosbalena.lint.DeviceType;
import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a contract offers a release for the devices that it is built for. */
final class ContractDevices {
    private static final String DEFAULT = "defaultDeviceType";
    private static final String SUPPORTED = "supportedDeviceTypes";

    /** The fields of {@code data} that name device types. */
    static final List<String> FIELDS = List.of(DEFAULT, SUPPORTED);

    private final BuiltFor robot;
    private final Findings findings;

    ContractDevices(BuiltFor robot, Findings findings) {
        this.robot = robot;
        this.findings = findings;
    }

    void check(YamlMap data) {
        List<DeviceType> supported = new ArrayList<>();
        Optional<YamlNode> list = data.find(SUPPORTED);
        list.ifPresent(node -> {
            for (YamlNode item : node instanceof YamlList items ? items.items() : List.of(node)) {
                device(item).ifPresent(supported::add);
            }
        });
        Optional<DeviceType> byDefault = data.find(DEFAULT).flatMap(this::device);
        if (!supported.isEmpty()) {
            List<String> left = robot.types().stream()
                    .filter(type -> !supported.contains(type))
                    .map(DeviceType::slug)
                    .toList();
            if (!left.isEmpty()) {
                findings.add(ContractRule.OTHER_DEVICES.finding(
                        data.place(SUPPORTED),
                        "the robot is built for " + String.join(", ", left) + ", which is not among them",
                        "add it, or remove it from <deviceTypes>"));
            }
        }
        byDefault.ifPresent(type -> {
            if (!supported.isEmpty() && !supported.contains(type)) {
                findings.add(ContractRule.OTHER_DEVICES.finding(
                        data.place(DEFAULT),
                        type.slug() + " is not among " + SUPPORTED,
                        "add it there, or name one of them"));
            }
        });
        List<DeviceType> all = new ArrayList<>(supported);
        byDefault.filter(type -> !all.contains(type)).ifPresent(all::add);
        List<String> unbuilt = all.stream()
                .filter(type -> !robot.platforms().isEmpty() && !isBuilt(type))
                .map(DeviceType::slug)
                .toList();
        if (!unbuilt.isEmpty()) {
            findings.add(ContractRule.OTHER_DEVICES.finding(
                    data.place(list.isPresent() ? SUPPORTED : DEFAULT),
                    String.join(", ", unbuilt) + " cannot run images for " + String.join(", ", robot.platforms()),
                    "remove it, or build for it, too: <deviceTypes>"));
        }
    }

    private boolean isBuilt(DeviceType type) {
        return switch (type.architecture()) {
            case "aarch64" -> robot.platforms().contains("linux/arm64");
            case "amd64" -> robot.platforms().contains("linux/amd64");
            default -> false;
        };
    }

    private Optional<DeviceType> device(YamlNode node) {
        Optional<DeviceType> type =
                node instanceof YamlScalar slug ? DeviceType.find(slug.text().strip()) : Optional.empty();
        if (type.isEmpty()) {
            findings.add(ContractRule.DEVICE_TYPE.finding(
                    node.position(),
                    "no device type is called " + node.describe(),
                    "write the slug that balena's list of devices has, for example raspberrypi5"));
        }
        return type;
    }
}
