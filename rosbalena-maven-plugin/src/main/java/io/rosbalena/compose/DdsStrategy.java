package io.rosbalena.compose;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How ROS services find each other ({@code x-rosbalena.dds}), and what their environment must say for it. */
enum DdsStrategy {
    /** By multicast on the host's network, which also finds nodes of other machines there. */
    HOST,
    /** Each service on a network of the robot, by the names of the others. */
    UNICAST,
    /** On the host's network, and only there: nothing leaves the robot. */
    LOOPBACK;

    /** The last distribution that does not know the variables of REP-2023's discovery options. */
    private static final String OLD = "humble";

    private static final String CYCLONE = "CYCLONEDDS_URI";

    /** The highest index of a process on a machine without multicast; 9 if nothing says otherwise. */
    private static final int ON_A_ROBOT = 120;

    /** In a container there are fewer, and every peer is asked at each of them. */
    private static final int IN_A_SERVICE = 32;

    static DdsStrategy of(ProjectExtension project) {
        return project.dds().map(word -> valueOf(word.toUpperCase(Locale.ROOT))).orElse(HOST);
    }

    /** Whether services get the host's network where they say nothing. */
    boolean isOnHost() {
        return this != UNICAST;
    }

    /**
     * The variables that a service gets, if it does not set them itself.
     *
     * @param peers by which names ROS services are reached, with its own
     */
    Map<String, String> variables(Service service, RosImage image, Map<String, String> peers) {
        Map<String, String> variables = new TreeMap<>();
        boolean old = image.rosDistro().filter(OLD::equals).isPresent();
        switch (this) {
            case HOST -> {}
            case UNICAST -> {
                if (image.speaksCyclone(service)) {
                    variables.put(CYCLONE, cyclone("", IN_A_SERVICE, peers.values()));
                } else if (image.speaksFast(service)) {
                    variables.put(FastDdsProfile.variable(image), FastDdsProfile.PATH);
                } else if (image.speaksOther(service) && !old) {
                    variables.put("ROS_STATIC_PEERS", String.join(";", peers.values()));
                }
            }
            case LOOPBACK -> {
                if (image.speaksCyclone(service)) {
                    variables.put(
                            CYCLONE,
                            cyclone(
                                    "<Interfaces><NetworkInterface name=\"lo\" multicast=\"false\"/></Interfaces>",
                                    ON_A_ROBOT,
                                    List.of("localhost")));
                } else if (image.speaksOther(service)) {
                    variables.put(
                            old ? "ROS_LOCALHOST_ONLY" : "ROS_AUTOMATIC_DISCOVERY_RANGE", old ? "1" : "LOCALHOST");
                }
            }
        }
        return variables;
    }

    /** CycloneDDS takes its configuration itself where it takes the place of it: no file is needed. */
    private static String cyclone(String interfaces, int highest, Collection<String> peers) {
        return "<CycloneDDS><Domain><General>" + interfaces + "<AllowMulticast>false</AllowMulticast></General>"
                + "<Discovery><ParticipantIndex>auto</ParticipantIndex><MaxAutoParticipantIndex>" + highest
                + "</MaxAutoParticipantIndex><Peers>"
                + peers.stream().map(peer -> "<Peer address=\"" + peer + "\"/>").collect(Collectors.joining())
                + "</Peers></Discovery></Domain></CycloneDDS>";
    }
}
