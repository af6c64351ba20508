package io.rosbalena.yaml;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one YAML document into nodes. A node that an alias repeats is shared, and the nodes are counted as often as they
 * are repeated, so that a document of a few lines cannot stand for millions of nodes.
 */
public final class YamlReader {
    /** The most bytes of a document. */
    public static final int LARGEST = 1 << 20;

    private static final int DEEPEST = 64;
    private static final long MOST_NODES = 100_000;
    private static final String CORE = "tag:yaml.org,2002:";
    private static final String RULE = "RB100";

    private final String file;
    private final Parser events;
    private final Map<String, Counted> anchors = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    private record Counted(YamlNode node, long nodes) {}

    private YamlReader(String file, Parser events) {
        this.file = file;
        this.events = events;
    }

    /**
     * Reads a document in UTF-8.
     *
     * @param file the name that findings carry
     * @return the root; empty when the document holds nothing
     * @throws FindingException of kind INPUT (RB100) when it is not one YAML document, or exceeds {@link #LARGEST}
     *     bytes, 64 levels or 100,000 nodes with aliases followed
     */
    public static Optional<YamlNode> read(String file, byte[] document) {
        if (document.length > LARGEST) {
            throw refuse(Position.of(file), "the file has " + document.length + " bytes", "keep it below 1 MiB");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refuse(Position.of(file), "the file is not UTF-8", "save it as UTF-8");
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            // The parser alone: the library's front door loads a hundred classes that make objects of nodes.
            YamlReader reader =
                    new YamlReader(file, new ParserImpl(new StreamReader(new StringReader(content)), options));
            return reader.document();
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            throw refuse(
                    mark == null ? Position.of(file) : position(file, mark),
                    "this is not YAML: " + e.getProblem(),
                    "check indentation, quotes and colons on this line and the one above");
        } catch (YAMLException e) {
            throw refuse(Position.of(file), "this is not YAML: " + e.getMessage(), "remove the character");
        } catch (IllegalArgumentException e) {
            // The library reads the digits of an escape without a look at them.
            throw refuse(
                    Position.of(file),
                    "this is not YAML: an escape is not of hexadecimal digits, or is no character",
                    "correct what follows \\x, \\u, \\U or %");
        }
    }

    private Optional<YamlNode> document() {
        Optional<YamlNode> root = Optional.empty();
        for (Event event = events.getEvent(); event != null; event = events.getEvent()) {
            if (event.is(Event.ID.StreamStart) || event.is(Event.ID.DocumentEnd) || event.is(Event.ID.StreamEnd)) {
                continue;
            }
            if (event.is(Event.ID.DocumentStart)) {
                if (root.isPresent()) {
                    throw refuse(position(event), "a second document begins here", "keep one document in the file");
                }
                continue;
            }
            root = Optional.of(node(event, 0).node());
        }
        return root.filter(node -> !(node instanceof YamlScalar scalar && scalar.isNull()));
    }

    private Counted node(Event event, int depth) {
        if (depth > DEEPEST) {
            throw refuse(position(event), "the nodes are nested more than " + DEEPEST + " levels deep", "flatten them");
        }
        if (event instanceof AliasEvent alias) {
            return repeat(alias);
        }
        if (event instanceof ScalarEvent scalar) {
            boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN
                    && !(CORE + "str").equals(scalar.getTag())
                    && !"!".equals(scalar.getTag());
            YamlNode node = new YamlScalar(scalar.getValue(), plain, position(event), tag(event, scalar.getTag()));
            return remember(scalar.getAnchor(), new Counted(node, 1));
        }
        if (event instanceof SequenceStartEvent start) {
            return list(start, depth);
        }
        if (event instanceof MappingStartEvent start) {
            return map(start, depth);
        }
        throw new IllegalStateException("unexpected event " + event);
    }

    private Counted repeat(AliasEvent alias) {
        String name = alias.getAnchor();
        if (open.contains(name)) {
            throw refuse(position(alias), "the alias *" + name + " stands inside its own anchor", "remove the alias");
        }
        Counted target = anchors.get(name);
        if (target == null) {
            throw refuse(
                    position(alias), "no anchor &" + name + " stands above this alias", "define &" + name + " first");
        }
        return target;
    }

    private Counted list(SequenceStartEvent start, int depth) {
        begin(start.getAnchor());
        List<YamlNode> items = new ArrayList<>();
        long nodes = 1;
        for (Event event = events.getEvent(); !(event instanceof SequenceEndEvent); event = events.getEvent()) {
            Counted item = node(event, depth + 1);
            nodes = add(nodes, item, event);
            items.add(item.node());
        }
        YamlNode node = new YamlList(items, position(start), tag(start, start.getTag()));
        return remember(start.getAnchor(), new Counted(node, nodes));
    }

    private Counted map(MappingStartEvent start, int depth) {
        begin(start.getAnchor());
        Map<String, YamlMap.Member> members = new LinkedHashMap<>();
        List<YamlNode> merged = new ArrayList<>();
        long nodes = 1;
        for (Event event = events.getEvent(); !(event instanceof MappingEndEvent); event = events.getEvent()) {
            Counted key = node(event, depth + 1);
            if (!(key.node() instanceof YamlScalar name)) {
                throw refuse(
                        position(event),
                        "a key must be a text, not " + key.node().describe(),
                        "name the key");
            }
            Event next = events.getEvent();
            Counted value = node(next, depth + 1);
            nodes = add(nodes, value, next);
            if (name.plain() && name.text().equals("<<")) {
                merged.add(value.node());
            } else if (members.put(name.text(), new YamlMap.Member(position(event), value.node())) != null) {
                throw refuse(position(event), "the key \"" + name.text() + "\" stands here twice", "keep one of them");
            }
        }
        merged.forEach(node -> merge(node, members));
        YamlNode node = new YamlMap(members, position(start), tag(start, start.getTag()));
        return remember(start.getAnchor(), new Counted(node, nodes));
    }

    /** The merge key, https://yaml.org/type/merge.html: what is written wins, then the first mapping of a list. */
    private static void merge(YamlNode source, Map<String, YamlMap.Member> members) {
        if (source instanceof YamlMap map) {
            map.members().forEach(members::putIfAbsent);
        } else if (source instanceof YamlList list && list.items().stream().allMatch(YamlMap.class::isInstance)) {
            list.items().forEach(item -> merge(item, members));
        } else {
            throw refuse(
                    source.position(),
                    "<<: takes a mapping or a list of mappings, not " + source.describe(),
                    "write <<: *anchor");
        }
    }

    private long add(long nodes, Counted more, Event at) {
        long sum = nodes + more.nodes();
        if (sum > MOST_NODES) {
            throw refuse(
                    position(at),
                    "with its aliases followed the document has more than " + MOST_NODES + " nodes",
                    "use fewer aliases inside anchors");
        }
        return sum;
    }

    private void begin(@Nullable String anchor) {
        if (anchor != null) {
            open.add(anchor);
        }
    }

    private Counted remember(@Nullable String anchor, Counted node) {
        if (anchor != null) {
            open.remove(anchor);
            anchors.put(anchor, node);
        }
        return node;
    }

    private String tag(Event event, @Nullable String tag) {
        if (tag == null || tag.equals("!")) {
            return "";
        }
        if (tag.startsWith(CORE)) {
            switch (tag.substring(CORE.length())) {
                case "str", "int", "float", "bool", "null", "map", "seq" -> {
                    return "";
                }
                default ->
                    throw refuse(
                            position(event),
                            "the tag !!" + tag.substring(CORE.length()) + " has no place in a compose file",
                            "remove the tag");
            }
        }
        return tag;
    }

    private Position position(Event event) {
        return position(file, event.getStartMark());
    }

    private static Position position(String file, Mark mark) {
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static FindingException refuse(Position position, String message, String fix) {
        return FindingException.input(
                position.place(Finding.error(RULE, message).fix(fix)));
    }
}
