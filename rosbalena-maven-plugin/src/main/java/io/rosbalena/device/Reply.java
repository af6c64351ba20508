package io.rosbalena.device;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An answer whose content is still to be read. */
final class Reply implements AutoCloseable {
    /** Beyond every list of images and every state. */
    private static final int MOST = 32 << 20;

    /** What people still read of a refusal. */
    private static final int LONGEST_REASON = 600;

    private final Connection connection;
    private final int status;
    private final InputStream content;

    Reply(Connection connection, int status, InputStream content) {
        this.connection = connection;
        this.status = status;
        this.content = content;
    }

    int status() {
        return status;
    }

    InputStream content() {
        return content;
    }

    /** The whole content. */
    byte[] bytes() throws IOException {
        byte[] bytes = content.readNBytes(MOST + 1);
        if (bytes.length > MOST) {
            throw DeviceException.garbage("an answer of more than " + MOST + " bytes");
        }
        return bytes;
    }

    /** The content of an answer with status 200. */
    JsonValue json() throws IOException {
        byte[] bytes = expect(200).bytes();
        try {
            return Json.parse(bytes);
        } catch (IOException e) {
            throw new DeviceException(DeviceException.Kind.GARBAGE, "an answer that is no JSON", e);
        }
    }

    /**
     * This answer, if it has one of these statuses.
     *
     * @throws DeviceException REFUSED or LOCKED_OUT, with what the server says
     */
    Reply expect(int... statuses) throws IOException {
        for (int one : statuses) {
            if (status == one) {
                return this;
            }
        }
        throw DeviceException.refused(status, "it answered " + status + reason());
    }

    /** Engines and Supervisors say why in a member {@code message}; proxies and old versions in plain text. */
    private String reason() throws IOException {
        String text = new String(content.readNBytes(1 << 16), StandardCharsets.UTF_8).strip();
        try {
            JsonValue json = Json.parse(text.getBytes(StandardCharsets.UTF_8));
            Optional<JsonValue> message = json.find("message");
            if (message.isPresent()) {
                text = message.get().string();
            }
        } catch (IOException e) {
            // It is no JSON, so it is told as it stands.
        }
        if (text.isEmpty()) {
            return "";
        }
        return ": " + (text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + " …" : text);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
