package io.rosbalena.compose;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * The profile by which Fast DDS finds its peers by address. A file of the image, since no variable takes its text.
 *
 * <p>It names all peers, the service itself included: with peers Fast DDS no longer asks by multicast, so processes of one
 * container would not find each other either. And it asks each of them at more than the four processes that are its
 * default.
 */
public final class FastDdsProfile {
    static final String PATH = "/ros2_ws/dds/unicast.xml";

    /** The distributions with Fast DDS 2, which has the variable under its old name. */
    private static final Set<String> WITH_VERSION_2 = Set.of("humble", "iron", "jazzy");

    /** Processes in a service that are asked. */
    private static final int PROCESSES = 32;

    private FastDdsProfile() {}

    /** The variable that names the file. */
    static String variable(RosImage image) {
        boolean old = image.rosDistro().filter(WITH_VERSION_2::contains).isPresent();
        return old ? "FASTRTPS_DEFAULT_PROFILES_FILE" : "FASTDDS_DEFAULT_PROFILES_FILE";
    }

    /** The profiles that services of a model name, for their images. */
    public static List<ImageFile> files(ComposeModel model) {
        SortedMap<String, String> addresses = FixedNetwork.addresses(model);
        List<ImageFile> files = new ArrayList<>();
        model.services().forEach((name, service) -> {
            if (!service.isForeign() && service.environment().containsValue(PATH)) {
                files.add(new ImageFile(name, PATH, 0644, text(addresses.values())));
            }
        });
        return files;
    }

    private static String text(Collection<String> addresses) {
        List<String> lines = new ArrayList<>(List.of(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
                "<dds xmlns=\"http://www.eprosima.com/XMLSchemas/fastRTPS_Profiles\"><profiles>",
                "  <transport_descriptors>",
                "    <transport_descriptor><transport_id>memory</transport_id><type>SHM</type></transport_descriptor>",
                "    <transport_descriptor><transport_id>network</transport_id><type>UDPv4</type>",
                "      <maxInitialPeersRange>" + PROCESSES + "</maxInitialPeersRange></transport_descriptor>",
                "  </transport_descriptors>",
                "  <participant profile_name=\"unicast\" is_default_profile=\"true\"><rtps>",
                "    <userTransports>",
                "      <transport_id>memory</transport_id>",
                "      <transport_id>network</transport_id>",
                "    </userTransports>",
                "    <useBuiltinTransports>false</useBuiltinTransports>",
                "    <builtin><initialPeersList>"));
        addresses.forEach(
                address -> lines.add("      <locator><udpv4><address>" + address + "</address></udpv4></locator>"));
        lines.addAll(List.of("    </initialPeersList></builtin>", "  </rtps></participant>", "</profiles></dds>", ""));
        return String.join("\n", lines);
    }
}
