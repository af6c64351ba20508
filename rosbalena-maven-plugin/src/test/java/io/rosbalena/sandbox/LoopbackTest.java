package io.rosbalena.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.colcon.TestBuildRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network of a root: nothing but a loopback interface, on which programs find each other by multicast. */
class LoopbackTest {
    /** What DDS does: participants announce themselves to a group, and name no interface. */
    private static final String MULTICAST = """
            import socket
            group = '239.255.0.1'
            listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            listener.settimeout(10)
            listener.bind(('', 7400))
            listener.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(group) + bytes(4))
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'hello', (group, 7400))
            print(listener.recv(100).decode())
            """;

    private static final List<String> TOOLS =
            List.of("cat", "env", "hostname", "ln", "mkdir", "mount", "rm", "setpriv", "setsid", "sh", "unshare");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void multicastArrivesWithAndWithoutTheMachinesIp(boolean ip) throws Exception {
        Way way = Way.USER_NAMESPACE;
        Optional<Refusal> refusal = way.probe();
        Assumptions.assumeTrue(refusal.isEmpty(), () -> "skipped: " + refusal.orElseThrow());
        if (ip) {
            Assumptions.assumeTrue(Tool.find("ip").isPresent(), "skipped: iproute2 is not installed");
        }
        SandboxCommand command = new SandboxCommand(
                TestBuildRoot.require().directory(),
                List.of(),
                "/",
                Map.of("PATH", "/usr/bin"),
                List.of("python3", "-c", MULTICAST));
        List<String> parameters = new ArrayList<>(List.of(command.root().toString(), "", "0"));
        parameters.addAll(RootEntry.fromNamespaces(command));
        List<String> line = way.unshare(NamespaceSandbox.MORE);
        line.addAll(Script.of(NamespaceSandbox.class, "enter.sh").line(parameters));
        List<String> lines = new ArrayList<>();

        try (ReadyProcess process = ReadyProcess.start(line, Map.of("PATH", tools(ip)), lines::add)) {
            assertThat(process.awaitReady())
                    .as(String.join("\n", process.said()))
                    .isTrue();
            process.proceed();
            assertThat(process.await()).as(String.join("\n", lines)).isZero();
        }
        assertThat(lines).containsExactly("hello");
    }

    /** A search path with all that the script needs, and with {@code ip} or without it. */
    private String tools(boolean ip) throws Exception {
        List<String> names = new ArrayList<>(TOOLS);
        if (ip) {
            names.add("ip");
        }
        for (String name : names) {
            Path program = folder.resolve(name);
            Files.writeString(program, "#!/bin/sh\nexec " + Tool.require(name, name) + " \"$@\"\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return folder.toString();
    }
}
