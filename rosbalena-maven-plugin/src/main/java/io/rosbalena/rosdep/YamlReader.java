package io.rosbalena.rosdep;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a YAML 1.1 file that nobody vouches for: plain values only, bounded in size, depth and in what its aliases
 * expand to. Of a key that is given twice the last value counts, as in rosdep, except in a strict file.
 */
final class YamlReader {
    /** The largest database is a third of a megabyte. */
    static final int MAXIMUM_BYTES = 16 << 20;

    private static final int MAXIMUM_DEPTH = 50;
    private static final int MAXIMUM_ALIASES = 10_000;
    private static final long MAXIMUM_NODES = 2_000_000;
    private static final Set<Tag> SCALARS = Set.of(Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP);

    /** How HTML and XML begin; no YAML mapping does. */
    private static final Pattern PAGE = Pattern.compile("\\s*<[!?A-Za-z]");

    private final String file;
    private final boolean strict;
    private final IdentityHashMap<Node, Expanded> done = new IdentityHashMap<>();
    private final IdentityHashMap<Node, Boolean> open = new IdentityHashMap<>();

    private record Expanded(YamlNode node, long nodes) {}

    private YamlReader(String file, boolean strict) {
        this.file = file;
        this.strict = strict;
    }

    /**
     * The document in a file; a file without one is an empty mapping.
     *
     * @param file how messages name it
     * @param strict whether a key given twice is an error
     * @throws FindingException RB050 with file and line if it cannot be read
     */
    static YamlNode read(byte[] bytes, String file, boolean strict) {
        YamlReader reader = new YamlReader(file, strict);
        String text = reader.decode(bytes);
        if (PAGE.matcher(text).lookingAt()) {
            throw reader.page();
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAXIMUM_BYTES);
        options.setNestingDepthLimit(MAXIMUM_DEPTH);
        options.setMaxAliasesForCollections(MAXIMUM_ALIASES);
        Node root;
        try {
            root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            int column = e.getProblemMark() == null ? 0 : e.getProblemMark().getColumn() + 1;
            throw reader.unreadable(e.getProblem() == null ? e.getMessage() : e.getProblem(), line, column);
        } catch (YAMLException e) {
            throw reader.unreadable(e.getMessage(), 0, 0);
        } catch (IllegalArgumentException e) {
            // The library reads the digits of an escape without a look at them.
            throw reader.unreadable("an escape is not of hexadecimal digits, or is no character", 0, 0);
        }
        return root == null
                ? new YamlNode.Members(Map.of(), 1)
                : reader.expand(root).node();
    }

    private String decode(byte[] bytes) {
        if (bytes.length > MAXIMUM_BYTES) {
            throw unreadable("it has more than " + MAXIMUM_BYTES + " bytes", 0, 0);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw unreadable("it is not UTF-8", 0, 0);
        }
    }

    private Expanded expand(Node node) {
        Expanded known = done.get(node);
        if (known != null) {
            return known;
        }
        if (open.put(node, true) != null) {
            throw unreadable("an anchor contains itself", line(node), 0);
        }
        Expanded expanded = convert(node);
        if (expanded.nodes() > MAXIMUM_NODES) {
            throw unreadable("its aliases expand to more than " + MAXIMUM_NODES + " values", line(node), 0);
        }
        open.remove(node);
        done.put(node, expanded);
        return expanded;
    }

    private Expanded convert(Node node) {
        if (node instanceof ScalarNode scalar) {
            return new Expanded(scalar(scalar), 1);
        }
        long nodes = 1;
        if (node instanceof SequenceNode sequence && node.getTag().equals(Tag.SEQ)) {
            List<YamlNode> items = new ArrayList<>();
            for (Node child : sequence.getValue()) {
                Expanded item = expand(child);
                nodes += item.nodes();
                items.add(item.node());
            }
            return new Expanded(new YamlNode.Items(items, line(node)), nodes);
        }
        if (node instanceof MappingNode mapping && node.getTag().equals(Tag.MAP)) {
            Map<String, YamlNode> members = new LinkedHashMap<>();
            Map<String, YamlNode> merged = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                Expanded value = expand(tuple.getValueNode());
                nodes += 1 + value.nodes();
                if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                    merge(value.node(), merged);
                } else {
                    put(tuple.getKeyNode(), value.node(), members);
                }
            }
            merged.forEach(members::putIfAbsent);
            return new Expanded(new YamlNode.Members(members, line(node)), nodes);
        }
        throw unreadable("the tag " + node.getTag() + " is not allowed", line(node), 0);
    }

    private YamlNode scalar(ScalarNode node) {
        if (node.getTag().equals(Tag.STR)) {
            return new YamlNode.Text(node.getValue(), line(node));
        }
        if (node.getTag().equals(Tag.NULL)) {
            return new YamlNode.Nothing(line(node));
        }
        if (SCALARS.contains(node.getTag())) {
            return new YamlNode.Other(node.getValue(), line(node));
        }
        throw unreadable("the tag " + node.getTag() + " is not allowed", line(node), 0);
    }

    private void put(Node key, YamlNode value, Map<String, YamlNode> members) {
        if (!(key instanceof ScalarNode scalar) || !key.getTag().equals(Tag.STR)) {
            return;
        }
        YamlNode before = members.put(scalar.getValue(), value);
        if (before != null && strict) {
            throw FindingException.input(Finding.error(
                            "RB050", "\"" + scalar.getValue() + "\" is defined twice, first at line " + before.line())
                    .fix("keep one of the two definitions")
                    .at(file, line(key)));
        }
    }

    // https://yaml.org/type/merge.html: keys of the mapping itself win, then earlier mappings of the list.
    private static void merge(YamlNode value, Map<String, YamlNode> merged) {
        if (value instanceof YamlNode.Members more) {
            more.map().forEach(merged::putIfAbsent);
        } else if (value instanceof YamlNode.Items list) {
            list.list().forEach(item -> merge(item, merged));
        }
    }

    private static int line(Node node) {
        return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
    }

    private FindingException page() {
        return FindingException.input(Finding.error("RB050", "this is a page for people, no rosdep or rosdistro file")
                .fix(
                        "give the address of the file itself, such as one of raw.githubusercontent.com; a server that wants"
                                + " a login may answer with a page, too")
                .at(file, 1));
    }

    private FindingException unreadable(@Nullable String why, int line, int column) {
        return FindingException.input(Finding.error("RB050", "this rosdep or rosdistro file cannot be read: " + why)
                .fix("mend the YAML, or take the file out of rosdepSources")
                .at(file, line, column));
    }
}
