package io.rosbalena.tree;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** The records of a pax extended header: {@code LENGTH KEY=VALUE\n} (POSIX.1-2001, pax). */
final class PaxRecords {
    private static final Set<String> FIELDS =
            Set.of("path", "linkpath", "size", "uid", "gid", "uname", "gname", "mtime", "atime", "ctime", "comment");
    private static final Pattern NUMBER = Pattern.compile("(-?[0-9]{1,18})(\\.[0-9]*)?");

    private PaxRecords() {}

    static Map<String, String> parse(byte[] bytes) throws MalformedArchiveException {
        Map<String, String> records = new HashMap<>();
        int start = 0;
        while (start < bytes.length) {
            int blank = start;
            int length = 0;
            while (blank < bytes.length && bytes[blank] >= '0' && bytes[blank] <= '9' && blank < start + 8) {
                length = length * 10 + bytes[blank++] - '0';
            }
            int end = start + length;
            if (blank == start || blank >= bytes.length || bytes[blank] != ' ' || end <= blank + 1) {
                throw malformed();
            }
            if (end > bytes.length || bytes[end - 1] != '\n') {
                throw malformed();
            }
            int equals = blank + 1;
            while (equals < end && bytes[equals] != '=') {
                equals++;
            }
            if (equals == end) {
                throw malformed();
            }
            String key = TarBlock.utf8(bytes, blank + 1, equals - blank - 1);
            // The value of an extended attribute may be any bytes; nothing reads it as text.
            boolean binary = key.startsWith("SCHILY.xattr.") || key.startsWith("LIBARCHIVE.xattr.");
            int size = end - 1 - equals - 1;
            records.put(key, binary ? latin(bytes, equals + 1, size) : TarBlock.utf8(bytes, equals + 1, size));
            start = end;
        }
        return records;
    }

    /** A number among the records, its fraction dropped. */
    static OptionalLong number(Map<String, String> records, String key) throws MalformedArchiveException {
        String value = records.get(key);
        if (value == null) {
            return OptionalLong.empty();
        }
        var matcher = NUMBER.matcher(value);
        if (!matcher.matches()) {
            throw new MalformedArchiveException("an extended tar header says " + key + "=" + value);
        }
        return OptionalLong.of(Long.parseLong(matcher.group(1)));
    }

    /** The records that say what no field of a header says. */
    static Map<String, String> rest(Map<String, String> records) {
        if (records.isEmpty()) {
            return Map.of();
        }
        Map<String, String> rest = new HashMap<>(records);
        rest.keySet().removeAll(FIELDS);
        return rest;
    }

    private static String latin(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static MalformedArchiveException malformed() {
        return new MalformedArchiveException("an extended tar header is malformed");
    }
}
