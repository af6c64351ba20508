package io.rosbalena.balena;

import io.rosbalena.transfer.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines that a server sends for as long as somebody reads them. */
public final class ServerLines implements AutoCloseable {
    /** What is longer is cut. */
    private static final int LONGEST = 1 << 20;

    private final Answer answer;
    private final byte[] buffer = new byte[1 << 13];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int position;
    private int filled;

    ServerLines(Answer answer) {
        this.answer = answer;
    }

    /**
     * The next line that is not empty; empty lines keep the connection alive.
     *
     * @return empty when the server ends them
     */
    public Optional<String> next() throws IOException {
        while (true) {
            if (position == filled) {
                int read = answer.body().read(buffer);
                if (read < 0) {
                    return Optional.empty();
                }
                position = 0;
                filled = read;
                continue;
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
                return Optional.of(text);
            }
        }
    }

    @Override
    public void close() {
        answer.close();
    }
}
