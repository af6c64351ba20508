package io.rosbalena.robot.project;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Platform;
import io.rosbalena.lint.DeviceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The OCI platforms that ROS 2 has packages for, and which of them a robot is. */
public final class Platforms {
    private static final String EXAMPLES =
            "write <deviceTypes>raspberrypi4-64</deviceTypes> (a balena slug) or <platforms>linux/arm64</platforms>";

    private Platforms() {}

    /** Reads {@code linux/amd64} or {@code linux/arm64}. */
    private static Platform parse(String name) {
        if (!name.equals("linux/amd64") && !name.equals("linux/arm64")) {
            throw FindingException.input(Finding.error("RB702", "the platform " + name + " is not known")
                    .at("pom.xml")
                    .fix("ROS 2 has packages for linux/amd64 and linux/arm64"));
        }
        return Platform.parse(name);
    }

    /** The platform of this machine; empty where no Debian packages run. */
    public static Optional<Platform> ofThisMachine() {
        String arch = System.getProperty("os.arch");
        return switch (arch) {
            case "amd64", "x86_64" -> Optional.of(parse("linux/amd64"));
            case "aarch64" -> Optional.of(parse("linux/arm64"));
            default -> Optional.empty();
        };
    }

    /**
     * The platforms that a project asks for, in its order, each once. The machine that builds never decides.
     *
     * @throws FindingException if it asks for none, or names a device type that is not known
     */
    public static List<Platform> of(RobotProject.Target target) {
        List<Platform> platforms = new ArrayList<>();
        Findings findings = new Findings();
        target.platforms().stream().map(String::strip).map(Platforms::parse).forEach(platforms::add);
        for (String slug : target.deviceTypes()) {
            Optional<DeviceType> type = DeviceType.find(slug.strip());
            if (type.isEmpty()) {
                findings.add(Finding.error("RB703", "the device type " + slug + " is not known")
                        .at("pom.xml")
                        .fix("correct the slug, or say <platforms>linux/arm64</platforms> instead"));
            } else if (target.platforms().isEmpty()) {
                platforms.add(parse(type.get().platform()));
            }
        }
        findings.throwIfErrors();
        if (platforms.isEmpty()) {
            throw FindingException.input(Finding.error("RB704", "it is not said what the robot's computer is")
                    .at("pom.xml")
                    .fix(EXAMPLES));
        }
        Map<String, Platform> each = new LinkedHashMap<>();
        platforms.forEach(platform -> each.putIfAbsent(platform.toString(), platform));
        return List.copyOf(each.values());
    }
}
