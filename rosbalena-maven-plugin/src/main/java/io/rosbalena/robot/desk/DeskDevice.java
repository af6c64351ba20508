package io.rosbalena.robot.desk;

import io.rosbalena.device.DeviceAddress;
import io.rosbalena.device.DeviceException;
import io.rosbalena.device.Endpoint;
import io.rosbalena.device.Engine;
import io.rosbalena.device.EngineKind;
import io.rosbalena.device.Supervisor;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A device in local mode, which has answered.
 *
 * @param name for messages
 * @param info what it is
 * @param kind what its engine is
 * @param supervisor its API
 * @param engine its engine
 */
record DeskDevice(String name, Supervisor.DeviceInfo info, EngineKind kind, Supervisor supervisor, Engine engine) {
    /** What is in one's own network answers soon, or not at all. */
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /**
     * Asks the device what it is.
     *
     * @throws FindingException RB660 if it is not there, RB661 for a public address, RB662 for an old Supervisor, RB663
     *     where it is not in local mode, RB664 where its engine does not listen, RB667 for anything strange
     */
    static DeskDevice of(DevRequest request, TransferSettings.Patience patience) throws IOException {
        DeviceAddress address = address(request);
        Supervisor supervisor = supervisor(address, request, patience);
        String name = "the device " + address;
        Supervisor.DeviceInfo info;
        try {
            supervisor.ping();
            checkVersion(name, supervisor.version());
            info = supervisor.device();
        } catch (IOException e) {
            throw failure(name, e);
        }
        Engine engine = new Engine(endpoint(address, request.ports().engine()), connect(patience), patience.silence());
        return new DeskDevice(name, info, kind(name, engine, request.ports().engine()), supervisor, engine);
    }

    /** The Supervisor alone, for those who need no engine. */
    static Supervisor supervisor(DeviceAddress address, DevRequest request, TransferSettings.Patience patience) {
        return new Supervisor(endpoint(address, request.ports().supervisor()), connect(patience), patience.silence());
    }

    /** The address, looked up this once. */
    static DeviceAddress address(DevRequest request) throws IOException {
        String word = request.device()
                .orElseThrow(() -> FindingException.input(Finding.error("RB671", "it is not said which device is meant")
                        .fix("-Ddevice=192.168.1.5, or -Ddevice=a1b2c3d.local; mvn rosbalena:scan looks for devices")));
        DeviceAddress address;
        try {
            address = DeviceAddress.resolve(word);
        } catch (IOException e) {
            throw DeskFinding.of("-Ddevice", e);
        }
        if (address.isPublic() && !request.force()) {
            throw FindingException.input(Finding.error("RB661", address + " is not an address of a private network")
                    .fix("a device in local mode lets everybody in who reaches it, so it does not belong there; if this"
                            + " network is yours alone, say -Drosbalena.force"));
        }
        return address;
    }

    private static Endpoint endpoint(DeviceAddress address, int port) {
        return Endpoint.of(new InetSocketAddress(address.address(), port));
    }

    private static Duration connect(TransferSettings.Patience patience) {
        return patience.connect().compareTo(CONNECT) < 0 ? patience.connect() : CONNECT;
    }

    /** A Supervisor that wants a key is there, and not in local mode; so is one that says so. */
    static FindingException failure(String name, IOException e) throws IOException {
        boolean locked = e instanceof DeviceException known
                && (known.kind() == DeviceException.Kind.LOCKED_OUT
                        || known.kind() == DeviceException.Kind.REFUSED
                                && String.valueOf(known.getMessage()).contains("local mode"));
        return locked ? DeskFinding.notLocal(name) : DeskFinding.of(name, e);
    }

    private static void checkVersion(String name, String version) {
        if (!SupervisorVersion.isEnough(version)) {
            throw FindingException.environment(
                    Finding.error("RB662", name + " has the Supervisor " + version + ", which cannot do this")
                            .fix("update its balenaOS; " + SupervisorVersion.LEAST + " is the least"));
        }
    }

    private static EngineKind kind(String name, Engine engine, int port) throws IOException {
        try {
            return engine.kind();
        } catch (DeviceException e) {
            if (e.kind() == DeviceException.Kind.UNREACHABLE) {
                throw FindingException.environment(
                        Finding.error("RB664", name + " lets nobody reach its engine on port " + port)
                                .fix("only balenaOS for development does that: switch developmentMode on in the"
                                        + " device's config.json, or choose \"Development\" when adding a device"),
                        e);
            }
            throw DeskFinding.of("the engine of " + name, e);
        } catch (IOException e) {
            throw DeskFinding.of("the engine of " + name, e);
        }
    }
}
