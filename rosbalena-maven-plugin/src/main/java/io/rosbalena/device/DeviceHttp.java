package io.rosbalena.device;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * HTTP/1.1 without encryption to one server, a connection for each request. Nothing here goes through a proxy: a robot on
 * the desk stands in the same network.
 */
final class DeviceHttp {
    private final Endpoint endpoint;
    private final Duration connect;
    private final Duration silence;

    /**
     * @param connect how long a connection may take
     * @param silence how long the other side may stand still
     */
    DeviceHttp(Endpoint endpoint, Duration connect, Duration silence) {
        this.endpoint = endpoint;
        this.connect = connect;
        this.silence = silence;
    }

    /** The same server, with more or less time. */
    DeviceHttp withSilence(Duration other) {
        return new DeviceHttp(endpoint, connect, other);
    }

    Reply get(String target) throws IOException {
        return send("GET", target, RequestContent.NONE);
    }

    /**
     * Sends a request.
     *
     * @param target path and query, encoded
     * @throws DeviceException UNREACHABLE, SILENT or GARBAGE; an answer with any status is returned
     * @throws InterruptedIOException if the thread is interrupted
     */
    Reply send(String method, String target, RequestContent body) throws IOException {
        Connection connection = Connection.to(endpoint, connect);
        try {
            InputStream in = new BufferedInputStream(connection.input(silence), 1 << 14);
            write(connection, method, target, body);
            ReplyHead head = ReplyHead.read(in);
            return new Reply(connection, head.status(), ReplyBody.of(head, in));
        } catch (SocketTimeoutException e) {
            connection.close();
            throw new DeviceException(
                    DeviceException.Kind.SILENT, endpoint + " does not answer " + method + " " + path(target), e);
        } catch (DeviceException e) {
            connection.close();
            throw new DeviceException(
                    e.kind(), endpoint + ": " + method + " " + path(target) + ": " + e.getMessage(), e);
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    private void write(Connection connection, String method, String target, RequestContent body) throws IOException {
        OutputStream out = new BufferedOutputStream(connection.output(silence), 1 << 16);
        StringBuilder head = new StringBuilder()
                .append(method + " " + target + " HTTP/1.1\r\n")
                .append("Host: " + endpoint.host() + "\r\n")
                .append("User-Agent: rosbalena\r\n")
                .append("Accept: */*\r\n")
                .append("Connection: close\r\n");
        if (!method.equals("GET")) {
            head.append("Content-Length: " + body.length() + "\r\n");
        }
        if (!body.type().isEmpty()) {
            head.append("Content-Type: " + body.type() + "\r\n");
        }
        try {
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            body.source().write(out);
            out.flush();
        } catch (DeviceException e) {
            // A server that refuses says why before it has read everything; if it does not, reading its answer fails.
        }
    }
}
