package io.rosbalena.robot.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.rosbalena.device.DeviceException;
import io.rosbalena.device.Endpoint;
import io.rosbalena.device.Engine;
import io.rosbalena.device.EngineKind;
import io.rosbalena.device.Supervisor;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.Digest;
import io.rosbalena.transfer.LocalServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Waiting for a device, as it answers one question after the other. */
class SettlingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Digest NEW = Digest.of("new");
    private static final Digest OLD = Digest.of("old");
    private static final String APPLYING = "{\"appState\":\"applying\",\"containers\":[]}";

    /** A Supervisor that gives these answers, and the last of them for ever; its engine has two containers. */
    private static LocalServer device(List<String> answers) throws IOException {
        AtomicInteger asked = new AtomicInteger();
        return new LocalServer(exchange -> {
            switch (exchange.getRequestURI().getPath()) {
                case "/containers/new/json" -> say(exchange, 200, "{\"Image\":\"" + NEW + "\"}");
                case "/containers/old/json" -> say(exchange, 200, "{\"Image\":\"" + OLD + "\"}");
                case "/v2/state/status" -> {
                    String answer = answers.get(Math.min(asked.getAndIncrement(), answers.size() - 1));
                    say(exchange, answer.startsWith("{") ? 200 : 503, answer);
                }
                default -> say(exchange, 404, "");
            }
        });
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        LocalServer.answer(exchange, status, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String applied(String container, String status) {
        return "{\"appState\":\"applied\",\"containers\":[{\"serviceName\":\"talker\",\"containerId\":\"" + container
                + "\",\"status\":\"" + status + "\"}]}";
    }

    private static Map<String, String> await(LocalServer server) throws IOException, InterruptedException {
        Endpoint endpoint = Endpoint.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        DeskDevice device = new DeskDevice(
                "the device",
                new Supervisor.DeviceInfo("amd64", "intel-nuc"),
                new EngineKind("engine", "amd64", false, true),
                new Supervisor(endpoint, PATIENCE, PATIENCE),
                new Engine(endpoint, PATIENCE, PATIENCE));
        return new Settling(device, new TreeMap<>(Map.of("talker", NEW)), Duration.ZERO).await();
    }

    @Test
    void itIsOverWhenTheNewImageRuns() throws Exception {
        // That it has nothing to do, it says as well before it has begun.
        try (LocalServer server =
                device(List.of(applied("old", "Running"), APPLYING, "busy", applied("new", "Running")))) {
            assertThat(await(server)).containsEntry("talker", "new");
            assertThat(server.requests.stream().filter(one -> one.path().equals("/v2/state/status")))
                    .hasSize(4);
        }
    }

    @Test
    void aServiceThatHasEndedIsStartedToo() throws Exception {
        try (LocalServer server = device(List.of(applied("new", "exited")))) {
            assertThat(await(server)).containsEntry("talker", "new");
        }
    }

    @Test
    void aServiceThatIsNeverStartedIsTold() throws Exception {
        try (LocalServer server = device(List.of(APPLYING, applied("old", "Stopping")))) {
            assertThat(catchThrowableOfType(FindingException.class, () -> await(server))
                            .getMessage())
                    .contains("RB670 the device did not start talker: talker is Stopping", "-Drosbalena.overrideLocks");
        }
    }

    @Test
    void aSupervisorThatIsNeverWellAgainIsGivenUp() throws Exception {
        try (LocalServer server = device(List.of("broken"))) {
            assertThat(catchThrowableOfType(DeviceException.class, () -> await(server))
                            .getMessage())
                    .contains("503: broken");
        }
    }
}
