package io.rosbalena.robot.desk;

import io.rosbalena.device.DeviceAddress;
import io.rosbalena.device.Endpoint;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the engine of this machine listens. */
final class LocalEngines {
    private static final String FORMS = "write unix:///PATH or tcp://HOST:PORT";

    private LocalEngines() {}

    /**
     * The engine that is meant: the stated one, that of {@code DOCKER_HOST} or {@code CONTAINER_HOST}, or the first that is
     * there of docker, the user's podman, the machine's podman and balenaEngine.
     *
     * @param stated as {@code DOCKER_HOST} has it
     * @throws FindingException RB673 for a form that is not known, RB674 where there is none
     */
    static Endpoint find(Optional<String> stated, Map<String, String> environment) throws IOException {
        Optional<String> address =
                stated.or(() -> word(environment, "DOCKER_HOST")).or(() -> word(environment, "CONTAINER_HOST"));
        if (address.isPresent()) {
            return endpoint(
                    address.get(), word(environment, "DOCKER_TLS_VERIFY").isPresent());
        }
        List<Path> sockets = sockets(word(environment, "XDG_RUNTIME_DIR"));
        return sockets.stream()
                .filter(Files::exists)
                .findFirst()
                .map(Endpoint::of)
                .orElseThrow(() -> FindingException.environment(
                        Finding.error("RB674", "no engine of this machine is found: there is none of " + sockets)
                                .fix(
                                        "start docker, or podman's socket: systemctl --user start podman.socket; another one is named"
                                                + " with -Drosbalena.dockerHost=unix:///PATH")));
    }

    private static Optional<String> word(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    static List<Path> sockets(Optional<String> userFolder) {
        List<Path> sockets = new ArrayList<>();
        sockets.add(Path.of("/var/run/docker.sock"));
        userFolder.ifPresent(folder -> sockets.add(Path.of(folder, "podman/podman.sock")));
        sockets.add(Path.of("/run/podman/podman.sock"));
        sockets.add(Path.of("/var/run/balena-engine.sock"));
        return sockets;
    }

    private static Endpoint endpoint(String address, boolean encrypted) throws IOException {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw unknown(address, FORMS);
        }
        String scheme = String.valueOf(uri.getScheme());
        if (scheme.equals("unix") && uri.getPath() != null && uri.getPath().startsWith("/")) {
            return Endpoint.of(Path.of(uri.getPath()));
        }
        if (!scheme.equals("tcp") || uri.getHost() == null || uri.getPort() < 1) {
            throw unknown(
                    address,
                    scheme.equals("ssh")
                            ? "let ssh bring the socket here: ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock HOST, then"
                                    + " -Drosbalena.dockerHost=unix:///tmp/engine.sock"
                            : FORMS);
        }
        if (encrypted) {
            throw unknown(address + " with DOCKER_TLS_VERIFY", "use the engine's socket, or push to a registry");
        }
        try {
            return Endpoint.of(
                    new InetSocketAddress(DeviceAddress.resolve(uri.getHost()).address(), uri.getPort()));
        } catch (IOException e) {
            throw DeskFinding.of("the engine " + address, e);
        }
    }

    private static FindingException unknown(String address, String fix) {
        return FindingException.input(
                Finding.error("RB673", "engines are not reached at " + address).fix(fix));
    }
}
