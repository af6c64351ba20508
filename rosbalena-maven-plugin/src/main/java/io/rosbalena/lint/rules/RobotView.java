package io.rosbalena.lint.rules;

import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.Service;
import io.rosbalena.image.Platform;
import io.rosbalena.lint.DeviceType;
import io.rosbalena.lint.hardware.HardwareNeeds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the rules look at. What is not known is left out, and rules that need it say nothing.
 *
 * @param compose the manifest as robots get it, defaults of ROS services included
 * @param platforms what the images are for
 * @param deviceTypes what the robots are
 * @param rosDistro the ROS distribution
 * @param contents by service; a service that runs a finished image is not there
 * @param accepted labels that the POM takes the responsibility for, as {@code LABEL} or {@code SERVICE:LABEL}
 * @param from the base that the POM names
 */
public record RobotView(
        ComposeModel compose,
        List<Platform> platforms,
        List<DeviceType> deviceTypes,
        Optional<String> rosDistro,
        Map<String, Contents> contents,
        Set<String> accepted,
        Optional<String> from) {
    public RobotView {
        platforms = List.copyOf(platforms);
        deviceTypes = List.copyOf(deviceTypes);
        contents = Map.copyOf(contents);
        accepted = Set.copyOf(accepted);
    }

    /** The services, each with what is known of it. */
    List<ServiceView> services() {
        return compose.services().values().stream()
                .map(service -> new ServiceView(service, Optional.ofNullable(contents.get(service.name())), rosDistro))
                .toList();
    }

    /** What a service needs of the device, by its words. */
    HardwareNeeds hardware(Service service) {
        boolean ros = Optional.ofNullable(contents.get(service.name()))
                .filter(Contents::isRos)
                .isPresent();
        return HardwareNeeds.of(service, compose.extension(), ros, deviceTypes);
    }

    /** Those of them that are known to run ROS nodes. */
    List<ServiceView> rosServices() {
        return services().stream().filter(ServiceView::isRos).toList();
    }
}
