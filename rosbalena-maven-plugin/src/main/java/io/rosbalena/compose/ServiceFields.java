package io.rosbalena.compose;

import io.rosbalena.finding.Spelling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every field of a service that compose knows, and what becomes of it. A field is taken only if balena's documentation,
 * its command line up to 24, its command line from 25 on and the Supervisor all take it.
 */
final class ServiceFields {
    /** Fields that are read for what they bring about, and never stand in the manifest themselves. */
    static final Set<String> RESOLVED =
            Set.of("build", "image", "extends", "env_file", "label_file", "profiles", "cpus", "cpu_period", "volumes");

    static final Map<String, FieldType> TAKEN = Map.ofEntries(
            Map.entry("cap_add", ListTypes.CAPABILITIES),
            Map.entry("cap_drop", ListTypes.CAPABILITIES),
            Map.entry("cgroup_parent", ScalarTypes.TEXT),
            Map.entry("command", CommandLine.TYPE),
            Map.entry("cpu_quota", ScalarTypes.whole(1000, Long.MAX_VALUE)),
            Map.entry("cpu_shares", ScalarTypes.whole(2, 262_144)),
            Map.entry("cpuset", ScalarTypes.CPUSET),
            Map.entry("depends_on", MappingTypes.DEPENDS_ON),
            Map.entry("devices", DeviceMapping.TYPE),
            Map.entry("dns", ListTypes.ORDERED),
            Map.entry("dns_opt", ListTypes.SET),
            Map.entry("dns_search", ListTypes.ORDERED),
            Map.entry("domainname", ScalarTypes.TEXT),
            Map.entry("entrypoint", CommandLine.TYPE),
            Map.entry("environment", ListTypes.MAPPING),
            Map.entry("extra_hosts", ListTypes.EXTRA_HOSTS),
            Map.entry("group_add", ListTypes.SET),
            Map.entry("healthcheck", HealthcheckType.TYPE),
            Map.entry("hostname", ScalarTypes.TEXT),
            Map.entry("init", ScalarTypes.FLAG),
            Map.entry(
                    "ipc",
                    ScalarTypes.namespace(
                            List.of("host", "shareable", "private", "none"),
                            "write ipc: host, so that services share memory through the host")),
            Map.entry("labels", ListTypes.MAPPING),
            Map.entry("mac_address", ScalarTypes.MAC_ADDRESS),
            Map.entry("mem_limit", ScalarTypes.SIZE),
            Map.entry("mem_reservation", ScalarTypes.SIZE),
            Map.entry(
                    "network_mode",
                    ScalarTypes.namespace(
                            List.of("host", "bridge", "none"),
                            "write network_mode: host or network_mode: service:NAME")),
            Map.entry("networks", MappingTypes.NETWORKS),
            Map.entry("oom_score_adj", ScalarTypes.OOM_SCORE),
            Map.entry("pid", ScalarTypes.namespace(List.of("host"), "write pid: host")),
            Map.entry("pids_limit", ScalarTypes.whole(0, Integer.MAX_VALUE)),
            Map.entry("ports", PortMapping.TYPE),
            Map.entry("privileged", ScalarTypes.FLAG),
            Map.entry("read_only", ScalarTypes.FLAG),
            Map.entry("restart", ScalarTypes.RESTART),
            Map.entry("security_opt", ListTypes.SECURITY_OPTIONS),
            Map.entry("shm_size", ScalarTypes.SIZE),
            Map.entry("stop_grace_period", ScalarTypes.DURATION),
            Map.entry("stop_signal", ScalarTypes.STOP_SIGNAL),
            Map.entry("sysctls", ListTypes.MAPPING),
            Map.entry("tmpfs", ListTypes.TMPFS),
            Map.entry("tty", ScalarTypes.FLAG),
            Map.entry("ulimits", MappingTypes.ULIMITS),
            Map.entry("user", ScalarTypes.TEXT),
            Map.entry("userns_mode", ScalarTypes.TEXT),
            Map.entry("working_dir", ScalarTypes.ABSOLUTE_PATH));

    /** Fields that balena refuses, with what to do instead. */
    static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("blkio_config", "remove it; balena does not limit block devices"),
            Map.entry("configs", "put the file into the image with x-rosbalena: {files: [\"SRC:/PATH\"]}"),
            Map.entry("cpu_count", "use cpuset or cpu_quota"),
            Map.entry("cpu_percent", "use cpu_quota: 100000 is one core"),
            Map.entry("credential_spec", "remove it"),
            Map.entry("deploy", "use mem_limit, mem_reservation, cpu_quota and restart in the service itself"),
            Map.entry("develop", "remove it; mvn rosbalena:dev follows the sources"),
            Map.entry("external_links", "remove it; services find each other by name"),
            Map.entry("gpus", "use the label io.balena.features.gpu: \"1\""),
            Map.entry("isolation", "remove it"),
            Map.entry("links", "remove it; services of one network find each other by name, order is depends_on"),
            Map.entry("logging", "remove it; balena collects what a service prints"),
            Map.entry("mem_swappiness", "remove it"),
            Map.entry("memswap_limit", "use mem_limit"),
            Map.entry("oom_kill_disable", "use oom_score_adj"),
            Map.entry("platform", "remove it; the platform comes from deviceTypes or platforms in the POM"),
            Map.entry("pull_policy", "remove it; images are pinned in rosbalena.lock"),
            Map.entry("runtime", "for a GPU use the label io.balena.features.gpu: \"1\""),
            Map.entry("scale", "write the service as often as it shall run"),
            Map.entry("secrets", "use a variable of the fleet or the device"),
            Map.entry("stdin_open", "remove it; nobody types into a service"),
            Map.entry("storage_opt", "remove it"),
            Map.entry("volume_driver", "remove it; volumes are local"));

    /** Fields for which a {@code sw.spec} contract is made, with what to do instead. */
    static final Map<String, String> REJECTED = Map.ofEntries(
            Map.entry("annotations", "use labels"),
            Map.entry("attach", "remove it"),
            Map.entry("cgroup", "remove it"),
            Map.entry("cpu_rt_period", "use cpu_shares, cpuset and the capability SYS_NICE"),
            Map.entry("cpu_rt_runtime", "use cpu_shares, cpuset and the capability SYS_NICE"),
            Map.entry("device_cgroup_rules", "list the devices under devices:, or use privileged: true for hot-plug"),
            Map.entry("post_start", "do it in the service's command"),
            Map.entry("pre_stop", "handle the stop signal in the program"),
            Map.entry("uts", "remove it, or set hostname"),
            Map.entry("volumes_from", "name the volumes in both services"));

    /** Fields without effect on balena. */
    static final Map<String, String> DROPPED = Map.of(
            "container_name", "remove it; the Supervisor names containers after the service",
            "expose", "remove it; services of one network reach every port");

    private ServiceFields() {}

    /** The known field that a misspelt one most likely means. */
    static Optional<String> similar(String field) {
        Set<String> known = new TreeSet<>(TAKEN.keySet());
        known.addAll(RESOLVED);
        return Spelling.nearest(field, known);
    }
}
