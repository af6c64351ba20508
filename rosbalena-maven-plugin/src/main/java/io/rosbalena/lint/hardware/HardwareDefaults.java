package io.rosbalena.lint.hardware;

import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.DeviceMapping;
import io.rosbalena.compose.FieldValue;
import io.rosbalena.compose.HardwareWord;
import io.rosbalena.compose.Service;
import io.rosbalena.lint.DeviceType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lays what {@code x-rosbalena.hardware} means under what services say themselves: a device of the kind that a service
 * names, a label, a network stay as they are.
 */
public final class HardwareDefaults {
    private HardwareDefaults() {}

    /**
     * The model with access to hardware.
     *
     * @param model with the defaults of ROS services
     * @param ros the services that the words of the whole robot are about
     * @param types what the robots are
     */
    public static ComposeModel apply(ComposeModel model, Set<String> ros, List<DeviceType> types) {
        // In the host's network a peer of unicast has no name.
        boolean unicast = model.extension().dds().filter("unicast"::equals).isPresent();
        return model.map(service -> {
            boolean isRos = ros.contains(service.name());
            HardwareNeeds needs = HardwareNeeds.of(service, model.extension(), isRos, types);
            return needs.isEmpty() ? service : with(service, needs, !(unicast && isRos));
        });
    }

    private static Service with(Service service, HardwareNeeds needs, boolean mayMove) {
        Service changed = service;
        for (Map.Entry<HardwareWord, HardwareAccess> need : needs.known().entrySet()) {
            HardwareAccess access = need.getValue();
            if (access.onHost() && mayMove && !needs.hasNetwork()) {
                changed = changed.with("network_mode", new FieldValue.Text("host"));
            }
            // Who is privileged has all devices and rights.
            if (!service.flag("privileged")) {
                if (!needs.names(need.getKey())) {
                    changed = joined(
                            changed,
                            "devices",
                            access.devices().stream()
                                    .map(device -> new DeviceMapping(device, device, "rwm").print())
                                    .toList());
                }
                changed = joined(changed, "cap_add", access.capabilities());
            }
            if (!needs.isRoot()) {
                changed = joined(changed, "group_add", access.group().stream().toList());
            }
            changed = labelled(changed, access.labels());
        }
        return changed;
    }

    private static Service joined(Service service, String field, Collection<String> more) {
        if (more.isEmpty()) {
            return service;
        }
        SortedSet<String> all = new TreeSet<>(service.texts(field));
        all.addAll(more);
        return service.with(field, FieldValue.texts(all));
    }

    private static Service labelled(Service service, List<String> labels) {
        if (labels.isEmpty()) {
            return service;
        }
        Map<String, String> all = new TreeMap<>(service.labels());
        labels.forEach(label -> all.putIfAbsent(label, "1"));
        return service.with("labels", FieldValue.texts(all));
    }
}
