package io.rosbalena.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as servers give them, good and bad, byte by byte. */
class DeviceHttpTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private interface Speech {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    /** A server that says this to the first who comes. */
    private static DeviceHttp server(Speech speech, Duration silence) throws IOException {
        ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            try (listening;
                    Socket client = listening.accept()) {
                speech.to(client.getOutputStream());
                client.shutdownOutput();
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The client has gone.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return new DeviceHttp(
                Endpoint.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort())),
                LONG,
                silence);
    }

    /** Each byte alone, as the worst of networks would bring it. */
    private static void say(OutputStream out, String text) throws IOException {
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            out.write(one);
            out.flush();
        }
    }

    private static DeviceHttp server(String answer) throws IOException {
        return server(out -> say(out, answer), LONG);
    }

    private String answer(String text) throws IOException {
        try (Reply reply = server(text).get("/x")) {
            return reply.status() + " " + new String(reply.bytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void contentsOfAllKindsOfLengthAreRead() throws IOException {
        assertThat(answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")).isEqualTo("200 hello");
        assertThat(answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n"))
                .isEqualTo("200 hello");
        assertThat(answer("HTTP/1.0 200 OK\r\n\r\nhello")).isEqualTo("200 hello");
        assertThat(answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"))
                .isEqualTo("204 ");
        assertThat(answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")).isEqualTo("200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno header\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
            })
    void whatIsNoHttpIsGarbage(String text) {
        assertThat(catchThrowableOfType(DeviceException.class, () -> answer(text))
                        .kind())
                .isEqualTo(DeviceException.Kind.GARBAGE);
    }

    @Test
    void aHeadWithoutEndIsGarbage() {
        assertThat(catchThrowableOfType(DeviceException.class, () -> answer("HTTP/1.1 200 " + "x".repeat(70_000)))
                        .kind())
                .isEqualTo(DeviceException.Kind.GARBAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nhello"
            })
    void whatEndsTooSoonHasBrokenOff(String text) {
        assertThat(catchThrowableOfType(DeviceException.class, () -> answer(text))
                        .kind())
                .isEqualTo(DeviceException.Kind.SILENT);
    }

    @Test
    void whoNeverAnswersIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            DeviceHttp http = new DeviceHttp(
                    Endpoint.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), silent.getLocalPort())),
                    LONG,
                    Duration.ofMillis(50));
            assertThat(catchThrowableOfType(DeviceException.class, () -> http.get("/version"))
                            .getMessage())
                    .contains("does not answer GET /version");
        }
    }

    @Test
    void aRefusalIsToldInTheServersWords() throws IOException {
        try (Reply reply =
                server("HTTP/1.1 500 No\r\n\r\n{\"message\":\"disk is full\"}").get("/x")) {
            assertThat(catchThrowableOfType(DeviceException.class, () -> reply.expect(200)))
                    .hasMessage("it answered 500: disk is full");
        }
        try (Reply reply = server("HTTP/1.1 502 No\r\n\r\n" + "x".repeat(5000)).get("/x")) {
            assertThat(catchThrowableOfType(DeviceException.class, () -> reply.expect(200))
                            .getMessage())
                    .hasSizeLessThan(700);
        }
    }

    @Test
    void aLogGoesOnAfterASilence() throws Exception {
        CountDownLatch more = new CountDownLatch(1);
        DeviceHttp http = server(
                out -> {
                    say(out, "HTTP/1.1 200 OK\r\n\r\n{\"message\":\"one\"}\n{\"mess");
                    more.await();
                    say(out, "age\":\"two\",\"serviceName\":\"talker\"}\nno JSON\n");
                },
                Duration.ofSeconds(1));
        try (Reply reply = http.withSilence(Duration.ofSeconds(1)).get("/logs");
                LogStream lines = new LogStream(reply.content(), () -> {})) {
            assertThat(lines.next()).contains(new LogLine(Optional.empty(), "one"));
            assertThatThrownBy(lines::next).isInstanceOf(SocketTimeoutException.class);
            more.countDown();
            assertThat(patiently(lines)).contains(new LogLine(Optional.of("talker"), "two"));
            assertThat(patiently(lines)).contains(new LogLine(Optional.empty(), "no JSON"));
            assertThat(patiently(lines)).isEmpty();
        }
    }

    private static Optional<LogLine> patiently(LogStream lines) throws IOException {
        while (true) {
            try {
                return lines.next();
            } catch (SocketTimeoutException e) {
                // The machine is busy.
            }
        }
    }
}
