package io.rosbalena.wheel.layout;

import io.rosbalena.tree.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The list of all files of an installed project ({@code RECORD}, PEP 376 and 427): comma-separated values. */
final class RecordFile {
    private static final Map<String, String> ALGORITHMS =
            Map.of("sha256", "SHA-256", "sha384", "SHA-384", "sha512", "SHA-512");

    private RecordFile() {}

    /**
     * What a record says of a file.
     *
     * @param algorithm of the digest, for example {@code sha256}; empty where there is none
     * @param digest in Base64 for URLs without padding
     */
    record Row(String algorithm, String digest) {
        boolean hasDigest() {
            return !digest.isEmpty();
        }
    }

    /**
     * Reads a record.
     *
     * @return rows by path; empty if it cannot be read
     */
    static Optional<SortedMap<String, Row>> parse(byte[] content) {
        SortedMap<String, Row> rows = new TreeMap<>();
        for (List<String> fields : rows(new String(content, StandardCharsets.UTF_8))) {
            if (fields.size() < 2) {
                return Optional.empty();
            }
            String[] digest = fields.get(1).split("=", 2);
            rows.put(
                    fields.get(0).startsWith("./") ? fields.get(0).substring(2) : fields.get(0),
                    digest.length == 2 ? new Row(digest[0], digest[1]) : new Row("", ""));
        }
        return Optional.of(rows);
    }

    private static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
                field.append(c);
            } else if (c == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else if (!fields.isEmpty() || field.length() > 0) {
                fields.add(field.toString());
                field.setLength(0);
                rows.add(fields);
                fields = new ArrayList<>();
            }
        }
        if (!fields.isEmpty() || field.length() > 0) {
            fields.add(field.toString());
            rows.add(fields);
        }
        return rows;
    }

    /** Whether a digest algorithm is at least as strong as the specification wants. */
    static boolean isStrong(String algorithm) {
        return ALGORITHMS.containsKey(algorithm);
    }

    /** The digest of some bytes as records write it. */
    static String digest(Content content, String algorithm) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance(ALGORITHMS.getOrDefault(algorithm, "SHA-256"));
            try (InputStream in = content.open()) {
                byte[] buffer = new byte[1 << 16];
                int read;
                while ((read = in.read(buffer)) >= 0) {
                    digest.update(buffer, 0, read);
                }
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A row of a record. */
    static String row(String path, String digest, String size) {
        return quoted(path) + "," + digest + "," + size + "\n";
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : "\"" + field.replace("\"", "\"\"") + "\"";
    }
}
