package io.rosbalena.balena.standin;

import com.sun.net.httpserver.HttpExchange;
import io.rosbalena.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** The lines that devices sent, and the streams in which they are followed. */
final class DeviceLogs {
    private static final byte[] END = {};

    private final Map<String, List<Object>> lines = new HashMap<>();
    private final List<Stream> streams = new CopyOnWriteArrayList<>();

    private record Stream(String device, BlockingQueue<byte[]> parts) {}

    synchronized void add(String device, Map<String, Object> line) {
        lines.computeIfAbsent(device, uuid -> new ArrayList<>()).add(line);
        send(device, ndjson(line));
    }

    /** A new line that keeps connections alive. */
    void heartbeat() {
        streams.forEach(stream -> stream.parts().add(new byte[] {'\n'}));
    }

    /** Ends all streams in the middle. */
    void cut() {
        streams.forEach(stream -> stream.parts().add(END));
    }

    int followers() {
        return streams.size();
    }

    private void send(String device, byte[] part) {
        streams.stream()
                .filter(stream -> stream.device().equals(device))
                .forEach(stream -> stream.parts().add(part));
    }

    synchronized List<Object> last(String device, int count) {
        List<Object> all = lines.getOrDefault(device, List.of());
        return List.copyOf(all.subList(Math.max(0, all.size() - count), all.size()));
    }

    /** Answers with a stream that ends when the client goes or {@link #cut} is called. */
    void follow(HttpExchange exchange, String device, int count) throws IOException, InterruptedException {
        BlockingQueue<byte[]> parts = new LinkedBlockingQueue<>();
        Stream stream = new Stream(device, parts);
        synchronized (this) {
            last(device, count).forEach(line -> parts.add(ndjson(line)));
            streams.add(stream);
        }
        try {
            exchange.getResponseHeaders().add("Content-Type", "application/x-ndjson");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            for (byte[] part = parts.take(); part.length > 0; part = parts.take()) {
                out.write(part);
                out.flush();
            }
            throw new IOException("the connection ends here");
        } finally {
            streams.remove(stream);
        }
    }

    private static byte[] ndjson(Object line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Json.compact(line));
        bytes.write('\n');
        return bytes.toByteArray();
    }
}
