package io.rosbalena.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Status line and header of an answer, RFC 9112 §4 and §5.
 *
 * @param status of HTTP
 * @param fields by lower-case name; the last of several
 */
record ReplyHead(int status, Map<String, String> fields) {
    /** What a server of ours never needs. */
    private static final int MOST = 1 << 16;

    ReplyHead {
        fields = Map.copyOf(fields);
    }

    /**
     * Reads a head, without those of interim answers.
     *
     * @throws DeviceException GARBAGE for anything else
     */
    static ReplyHead read(InputStream in) throws IOException {
        while (true) {
            ReplyHead head = readOne(in);
            if (head.status >= 200) {
                return head;
            }
        }
    }

    private static ReplyHead readOne(InputStream in) throws IOException {
        String start = line(in, MOST);
        if (!start.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
            throw DeviceException.garbage("no answer of HTTP");
        }
        int status = Integer.parseInt(start.substring(9, 12));
        Map<String, String> fields = new TreeMap<>();
        int left = MOST;
        while (true) {
            String line = line(in, left);
            left -= line.length() + 2;
            if (line.isEmpty()) {
                return new ReplyHead(status, fields);
            }
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw DeviceException.garbage("no header of HTTP");
            }
            fields.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
    }

    /** A line without its end. */
    static String line(InputStream in, int most) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new DeviceException(DeviceException.Kind.SILENT, "the connection broke off", null);
            }
            if (next == '\n') {
                int length = line.length();
                if (length > 0 && line.charAt(length - 1) == '\r') {
                    line.setLength(length - 1);
                }
                return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
            if (line.length() >= most) {
                throw DeviceException.garbage("a header without end");
            }
            line.append((char) next);
        }
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }
}
