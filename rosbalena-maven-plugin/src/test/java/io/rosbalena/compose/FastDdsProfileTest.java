package io.rosbalena.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rosbalena.RealTool;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The profile of {@code dds: unicast}, read by a real Fast DDS: in networks that no multicast leaves. */
@Timeout(180)
class FastDdsProfileTest {
    private static final Path HEADER = Path.of("/usr/include/fastdds/dds/domain/DomainParticipantFactory.hpp");

    @TempDir
    Path folder;

    private final String prefix = "rb" + UUID.randomUUID().toString().substring(0, 6);
    private final String router = prefix + "-r";
    private final List<String> networks = new ArrayList<>();
    private final List<Process> running = new ArrayList<>();

    @BeforeEach
    void needNetworksOfOurOwn() throws IOException {
        RealTool.require("g++", "ip", "nsenter");
        assumeTrue(Files.exists(HEADER), "skipped: libfastrtps-dev is not installed");
        assumeTrue("root".equals(System.getProperty("user.name")), "skipped: only root makes networks");
        try {
            network(router);
            ip("-n", router, "link", "add", "one", "type", "veth", "peer", "name", "other");
            ip("-n", router, "link", "delete", "one");
        } catch (AssertionError e) {
            abort("skipped: this machine makes no networks: " + e.getMessage());
        }
        ip("-n", router, "link", "set", "lo", "up");
        RealTool.run(
                folder, "nsenter", "--net=/run/netns/" + router, "sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward");
    }

    @AfterEach
    void removeThem() throws IOException, InterruptedException {
        for (Process process : running) {
            process.destroyForcibly().waitFor();
        }
        for (String network : networks) {
            ip("netns", "delete", network);
        }
    }

    private void ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        RealTool.run(folder, command.toArray(String[]::new));
    }

    private void network(String name) throws IOException {
        ip("netns", "add", name);
        networks.add(name);
    }

    /** A container with an address of its own, which reaches the others by the router alone. */
    private void container(String service, String address) throws IOException {
        String name = prefix + "-" + service;
        network(name);
        ip("link", "add", "to-" + service, "netns", router, "type", "veth", "peer", "name", "eth0", "netns", name);
        ip("-n", router, "link", "set", "to-" + service, "up");
        ip("-n", name, "link", "set", "lo", "up");
        ip("-n", name, "address", "add", address + "/32", "dev", "eth0");
        ip("-n", name, "link", "set", "eth0", "up");
        ip("-n", router, "address", "add", "198.18.213.1/32", "dev", "to-" + service);
        ip("-n", router, "route", "add", address + "/32", "dev", "to-" + service);
        ip("-n", name, "route", "add", "198.18.213.1/32", "dev", "eth0");
        ip("-n", name, "route", "add", "198.18.213.0/24", "via", "198.18.213.1");
    }

    /** @param seen gets those that it sees while it starts: discovery does not wait for it to say that it is up */
    private BufferedReader start(String service, String name, Path profile, Set<String> seen) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "nsenter",
                        "--net=/run/netns/" + prefix + "-" + service,
                        folder.resolve("peers").toString(),
                        name)
                .redirectErrorStream(true);
        builder.environment().put("FASTRTPS_DEFAULT_PROFILES_FILE", profile.toString());
        Process process = builder.start();
        running.add(process);
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        while (line != null && line.startsWith("sees ")) {
            seen.add(line.substring("sees ".length()));
            line = lines.readLine();
        }
        assertThat(line).as(name).isEqualTo("up");
        return lines;
    }

    @Test
    void processesOfAllServicesFindEachOtherWhoeverStartsFirst() throws IOException {
        Composed composed =
                Composed.of("x-rosbalena: {dds: unicast}\nservices: {a: {build: .}, b: {build: .}, c: {build: .}}\n");
        RosImage fast = RosImage.of(Optional.of("humble"), Set.of("ros-humble-fastrtps"));
        ComposeModel model = RosDefaults.apply(composed.model(), Map.of("a", fast, "b", fast, "c", fast));
        SortedMap<String, String> addresses = FixedNetwork.addresses(model);
        SortedMap<String, Path> profiles = new TreeMap<>();
        for (ImageFile file : FastDdsProfile.files(model)) {
            profiles.put(file.service(), Files.writeString(folder.resolve(file.service() + ".xml"), file.content()));
        }
        for (Map.Entry<String, String> one : addresses.entrySet()) {
            container(one.getKey(), one.getValue());
        }
        Files.copy(Path.of("src/test/resources/tools/fastdds_peers.cpp"), folder.resolve("peers.cpp"));
        RealTool.run(folder, "g++", "-o", "peers", "peers.cpp", "-lfastrtps", "-lfastcdr");

        // More in one service than Fast DDS asks by itself.
        SortedMap<String, BufferedReader> all = new TreeMap<>();
        Map<String, Set<String>> seen = new HashMap<>();
        for (String name : List.of("a1", "a2", "a3", "a4", "a5", "a6", "b1", "c1")) {
            String service = name.substring(0, 1);
            seen.put(name, new TreeSet<>());
            all.put(name, start(service, name, profiles.get(service), seen.get(name)));
        }
        for (Map.Entry<String, BufferedReader> one : all.entrySet()) {
            Set<String> unseen = new TreeSet<>(all.keySet());
            unseen.remove(one.getKey());
            unseen.removeAll(seen.get(one.getKey()));
            while (!unseen.isEmpty()) {
                String line = one.getValue().readLine();
                assertThat(line).as(one.getKey() + " does not see " + unseen).startsWith("sees ");
                unseen.remove(line.substring("sees ".length()));
            }
        }
    }
}
