package io.rosbalena.lint.privilege;

import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.DeviceMapping;
import io.rosbalena.compose.PortMapping;
import io.rosbalena.compose.Service;
import io.rosbalena.compose.VolumeMount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the services of a manifest may do to the device.
 *
 * @param all sorted by service, the widest first
 */
public record Privileges(SortedSet<Privilege> all) {
    /** Capabilities that are as good as all of them. */
    private static final Set<String> WIDE = Set.of("ALL", "SYS_ADMIN", "SYS_MODULE");

    private static final String FEATURES = "io.balena.features.";

    /** Features that open a piece of hardware, or nothing but files to read. */
    private static final Set<String> NARROW = Set.of("gpu", "journal-logs", "extra-firmware", "host-os.board-rev");

    public Privileges {
        all = Collections.unmodifiableSortedSet(new TreeSet<>(all));
    }

    /** Those of all services. */
    public static Privileges of(ComposeModel compose) {
        SortedSet<Privilege> all = new TreeSet<>();
        compose.services().values().forEach(service -> add(service, all));
        return new Privileges(all);
    }

    private static void add(Service service, Set<Privilege> all) {
        if (service.flag("privileged")) {
            all.add(new Privilege(service.name(), Privilege.Level.ALL, "privileged: true"));
        }
        for (String capability : service.texts("cap_add")) {
            all.add(new Privilege(
                    service.name(),
                    WIDE.contains(capability) ? Privilege.Level.ALL : Privilege.Level.CAPABILITY,
                    "cap_add: " + capability));
        }
        for (DeviceMapping device : service.devices()) {
            all.add(new Privilege(service.name(), Privilege.Level.DEVICE, "devices: " + device.source()));
        }
        for (String group : service.texts("group_add")) {
            all.add(new Privilege(service.name(), Privilege.Level.DEVICE, "group_add: " + group));
        }
        service.labels().forEach((label, value) -> {
            String feature = label.startsWith(FEATURES) ? label.substring(FEATURES.length()) : "";
            if (!feature.isEmpty() && !feature.startsWith("requires.") && !feature.equals("optional")) {
                Privilege.Level level = NARROW.contains(feature) ? Privilege.Level.DEVICE : Privilege.Level.SYSTEM;
                all.add(new Privilege(service.name(), level, label + ": " + value));
            }
        });
        for (String namespace : List.of("network_mode", "ipc", "pid")) {
            service.text(namespace)
                    .filter("host"::equals)
                    .ifPresent(host -> all.add(new Privilege(
                            service.name(),
                            namespace.equals("network_mode") ? Privilege.Level.NETWORK : Privilege.Level.SHARED,
                            namespace + ": host")));
        }
        for (PortMapping port : service.ports()) {
            all.add(new Privilege(service.name(), Privilege.Level.NETWORK, "ports: " + port.print()));
        }
        for (VolumeMount volume : service.volumes()) {
            all.add(new Privilege(service.name(), Privilege.Level.SHARED, "volumes: " + volume.print()));
        }
    }

    /** A table for people: a service's first line has its name. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        int widest = all.stream().mapToInt(one -> one.service().length()).max().orElse(0);
        String last = "";
        for (Privilege one : all) {
            lines.add(line(one.service().equals(last) ? "" : one.service(), widest, one));
            last = one.service();
        }
        return lines.isEmpty() ? List.of("no service has more than its container") : lines;
    }

    /**
     * What differs from another manifest: lines with {@code +} for what services may do now, {@code -} for what they may
     * do no more.
     */
    public List<String> difference(Privileges before) {
        SortedSet<Privilege> both = new TreeSet<>(all);
        both.addAll(before.all);
        int widest = both.stream().mapToInt(one -> one.service().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (Privilege one : both) {
            boolean now = all.contains(one);
            if (now != before.all.contains(one)) {
                lines.add((now ? "+ " : "- ") + line(one.service(), widest, one));
            }
        }
        return lines.isEmpty() ? List.of("no service may do more or less than before") : lines;
    }

    private static String line(String service, int widest, Privilege one) {
        return service + " ".repeat(widest - service.length()) + "  "
                + one.level().word() + " ".repeat(11 - one.level().word().length()) + one.what();
    }
}
