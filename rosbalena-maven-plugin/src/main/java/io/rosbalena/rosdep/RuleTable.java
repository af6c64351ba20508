package io.rosbalena.rosdep;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A mapping in a form that is ready for use as soon as its bytes are in memory: an index of sorted keys that a look-up
 * halves, and values that are decoded only when they are asked for. Parsing the YAML of a distribution takes a hundred
 * times longer.
 */
final class RuleTable {
    private static final int MAGIC = 0x52424454;

    private final ByteBuffer bytes;
    private final int count;

    private RuleTable(ByteBuffer bytes, int count) {
        this.bytes = bytes;
        this.count = count;
    }

    /** The table of a mapping. */
    static byte[] encode(Map<String, YamlNode> mapping) {
        SortedMap<String, YamlNode> sorted = new TreeMap<>(mapping);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ByteArrayOutputStream index = new ByteArrayOutputStream();
        try (DataOutputStream values = new DataOutputStream(body);
                DataOutputStream offsets = new DataOutputStream(index)) {
            int start = 8 + 4 * sorted.size();
            offsets.writeInt(MAGIC);
            offsets.writeInt(sorted.size());
            for (Map.Entry<String, YamlNode> entry : sorted.entrySet()) {
                offsets.writeInt(start + values.size());
                text(entry.getKey(), values);
                node(entry.getValue(), values);
            }
            index.writeBytes(body.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return index.toByteArray();
    }

    private static void node(YamlNode node, DataOutputStream out) throws IOException {
        if (node instanceof YamlNode.Text text) {
            head('t', node, out);
            text(text.value(), out);
        } else if (node instanceof YamlNode.Nothing) {
            head('n', node, out);
        } else if (node instanceof YamlNode.Other other) {
            head('o', node, out);
            text(other.text(), out);
        } else if (node instanceof YamlNode.Items items) {
            head('i', node, out);
            out.writeInt(items.list().size());
            for (YamlNode item : items.list()) {
                node(item, out);
            }
        } else if (node instanceof YamlNode.Members members) {
            head('m', node, out);
            out.writeInt(members.map().size());
            for (Map.Entry<String, YamlNode> member : members.map().entrySet()) {
                text(member.getKey(), out);
                node(member.getValue(), out);
            }
        }
    }

    private static void head(char kind, YamlNode node, DataOutputStream out) throws IOException {
        out.writeByte(kind);
        out.writeInt(node.line());
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    /**
     * The table in these bytes.
     *
     * @throws IOException if it is not one
     */
    static RuleTable of(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        if (bytes.length < 8 || buffer.getInt(0) != MAGIC) {
            throw new IOException("not a table of rules");
        }
        int count = buffer.getInt(4);
        if (count < 0 || 8 + 4L * count > bytes.length) {
            throw new IOException("a table of rules that was cut off");
        }
        return new RuleTable(buffer, count);
    }

    /** All keys, sorted. */
    List<String> keys() {
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                return key(at(index));
            }

            @Override
            public int size() {
                return count;
            }
        };
    }

    /** The value of a key. */
    Optional<YamlNode> find(String key) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            ByteBuffer entry = at(middle);
            int order = key(entry).compareTo(key);
            if (order == 0) {
                return Optional.of(value(entry));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    private ByteBuffer at(int index) {
        try {
            return bytes.duplicate().position(bytes.getInt(8 + 4 * index));
        } catch (IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    private static String key(ByteBuffer in) {
        try {
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new BufferUnderflowException();
            }
            byte[] utf8 = new byte[length];
            in.get(utf8);
            return new String(utf8, StandardCharsets.UTF_8);
        } catch (BufferUnderflowException e) {
            throw damaged(e);
        }
    }

    private static YamlNode value(ByteBuffer in) {
        try {
            char kind = (char) in.get();
            int line = in.getInt();
            return switch (kind) {
                case 't' -> new YamlNode.Text(key(in), line);
                case 'n' -> new YamlNode.Nothing(line);
                case 'o' -> new YamlNode.Other(key(in), line);
                case 'i' -> {
                    List<YamlNode> items = new ArrayList<>();
                    for (int i = in.getInt(); i > 0; i--) {
                        items.add(value(in));
                    }
                    yield new YamlNode.Items(items, line);
                }
                case 'm' -> {
                    Map<String, YamlNode> members = new LinkedHashMap<>();
                    for (int i = in.getInt(); i > 0; i--) {
                        members.put(key(in), value(in));
                    }
                    yield new YamlNode.Members(members, line);
                }
                default -> throw new BufferUnderflowException();
            };
        } catch (BufferUnderflowException e) {
            throw damaged(e);
        }
    }

    // The store checks a blob's bytes when it is written; only a failing disk leads here.
    private static IllegalStateException damaged(RuntimeException cause) {
        return new IllegalStateException("a table of rules in the store is damaged; delete the store's results", cause);
    }
}
