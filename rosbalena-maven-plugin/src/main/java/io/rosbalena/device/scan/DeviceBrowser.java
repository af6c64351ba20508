package io.rosbalena.device.scan;

import java.io.IOException;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceEvent;
import javax.jmdns.ServiceInfo;
import javax.jmdns.ServiceListener;

/**
 * Listens for devices of one network (RFC 6762, RFC 6763). balenaOS announces its SSH server with a subtype of its own,
 * older ones with the name that the company had. Not every responder says subtype and service in an order in which they
 * can be told to belong together; the port is as good a sign.
 */
final class DeviceBrowser implements ServiceListener {
    static final int SSH = 22_222;

    /** Far more devices than anybody has in one network. */
    private static final int MOST = 256;

    private static final String SERVICE = "_ssh._tcp.local.";
    private static final List<String> SUBTYPES = List.of("balena-device", "resin-device");

    private final NetworkPort network;
    private final Set<Announcement> found = Collections.synchronizedSet(new LinkedHashSet<>());

    private DeviceBrowser(NetworkPort network) {
        this.network = network;
    }

    /** Asks, and listens for a while. */
    static Set<Announcement> browse(NetworkPort network, Duration patience) throws IOException, InterruptedException {
        quieten();
        DeviceBrowser browser = new DeviceBrowser(network);
        try (JmDNS dns = JmDNS.create(network.address(), "rosbalena")) {
            dns.addServiceListener(SERVICE, browser);
            for (String subtype : SUBTYPES) {
                dns.addServiceListener("_" + subtype + "._sub." + SERVICE, browser);
            }
            Thread.sleep(patience.toMillis());
        }
        return Set.copyOf(browser.found);
    }

    /** Its log would quote what anybody sends, control characters included. It reads its level once. */
    private static void quieten() {
        System.setProperty("org.slf4j.simpleLogger.log.javax.jmdns", "off");
    }

    @Override
    public void serviceAdded(ServiceEvent event) {
        // Where it is comes with the resolved service.
    }

    @Override
    public void serviceRemoved(ServiceEvent event) {
        // What was there a moment ago is probed, too.
    }

    @Override
    public void serviceResolved(ServiceEvent event) {
        ServiceInfo info = event.getInfo();
        if (!SUBTYPES.contains(info.getSubtype()) && info.getPort() != SSH) {
            return;
        }
        for (Inet4Address address : info.getInet4Addresses()) {
            if (network.reaches(address) && found.size() < MOST) {
                found.add(new Announcement(Optional.of(host(info)), address));
            }
        }
    }

    private static String host(ServiceInfo info) {
        String server = info.getServer() == null ? "" : info.getServer();
        return server.endsWith(".") ? server.substring(0, server.length() - 1) : server;
    }
}
