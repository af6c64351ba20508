package io.rosbalena.device;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Log lines as they come: one JSON document a line, without end. */
public final class LogStream implements AutoCloseable {
    /** A line that is longer is cut; the Supervisor cuts its own much earlier. */
    private static final int LONGEST = 1 << 20;

    private final InputStream in;
    private final AutoCloseable connection;
    private final byte[] buffer = new byte[1 << 13];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int position;
    private int filled;

    LogStream(InputStream in, AutoCloseable connection) {
        this.in = in;
        this.connection = connection;
    }

    /**
     * The next line; empty when the device has ended the stream.
     *
     * @throws SocketTimeoutException if none came for a while; nothing is lost
     */
    public Optional<LogLine> next() throws IOException {
        while (true) {
            if (position == filled) {
                int read = in.read(buffer);
                if (read < 0) {
                    return Optional.empty();
                }
                position = 0;
                filled = read;
            }
            byte one = buffer[position++];
            if (one != '\n') {
                if (line.size() < LONGEST) {
                    line.write(one);
                }
                continue;
            }
            String text = line.toString(StandardCharsets.UTF_8).strip();
            line.reset();
            if (!text.isEmpty()) {
                return Optional.of(read(text));
            }
        }
    }

    private static LogLine read(String text) {
        try {
            JsonValue json = Json.parse(text.getBytes(StandardCharsets.UTF_8));
            Optional<JsonValue> system = json.find("isSystem");
            boolean ofSystem = system.isPresent() && system.get().flag();
            Optional<JsonValue> service = json.find("serviceName");
            String message = json.get("message").string().stripTrailing();
            return new LogLine(
                    ofSystem || service.isEmpty()
                            ? Optional.empty()
                            : Optional.of(service.get().string()),
                    message);
        } catch (IOException e) {
            // A line that is not understood still tells a person something.
            return new LogLine(Optional.empty(), text);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
