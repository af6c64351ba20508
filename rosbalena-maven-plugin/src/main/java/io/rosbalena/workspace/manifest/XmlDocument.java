package io.rosbalena.workspace.manifest;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A small XML document as a tree that remembers lines. A document type declaration is passed over, never read: there
 * are no entities but the five of XML itself, so nothing is fetched and nothing expands.
 *
 * @param instructions the processing instructions before the root element
 */
record XmlDocument(XmlElement root, List<XmlNode.Instruction> instructions) {
    private static final int DEEPEST = 100;
    /** How the platform's parser words the commonest mistake. */
    private static final String UNCLOSED = "XML document structures must start and end within the same entity";

    private static final Pattern VERSION =
            Pattern.compile("\\A(<\\?xml\\s+version\\s*=\\s*)(?<quote>[\"'])[A-Za-z0-9_.:-]+\\k<quote>");
    // The platform does not promise that several threads may use one.
    private static final ThreadLocal<XMLInputFactory> FACTORY = ThreadLocal.withInitial(XmlDocument::factory);

    static XmlDocument parse(String text) throws XmlSyntaxException {
        // A byte order mark is no content; a declared encoding does not count, since the text is decoded already. Any
        // version is read as 1.0, as expat does.
        String content = VERSION.matcher(text.startsWith("\uFEFF") ? text.substring(1) : text)
                .replaceFirst("$1${quote}1.0${quote}");
        try {
            XMLStreamReader reader = FACTORY.get().createXMLStreamReader(new StringReader(content));
            try {
                return new Builder(reader).read();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw syntax(e);
        }
    }

    private static XmlSyntaxException syntax(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int mark = message.indexOf("Message: ");
        if (message.contains(UNCLOSED)) {
            message = "the file ends, or another element begins, before every tag is closed";
            mark = -1;
        }
        Location at = e.getLocation();
        return new XmlSyntaxException(
                mark < 0 ? message : message.substring(mark + "Message: ".length()),
                at == null ? 1 : Math.max(1, at.getLineNumber()),
                at == null ? 1 : Math.max(1, at.getColumnNumber()));
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Prefixes are checked here: the parser's own words for an unknown one are a bare URL.
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty("http://java.sun.com/xml/stream/properties/report-cdata-event", true);
        return factory;
    }

    /** An element whose end tag has not been read. */
    private record Open(XmlElement element, List<XmlNode> children, List<String> prefixes) {}

    private static final class Builder {
        private final XMLStreamReader reader;
        private final Deque<Open> open = new ArrayDeque<>();
        private final List<XmlNode.Instruction> instructions = new ArrayList<>();
        private final StringBuilder pending = new StringBuilder();

        Builder(XMLStreamReader reader) {
            this.reader = reader;
        }

        XmlDocument read() throws XMLStreamException, XmlSyntaxException {
            List<XmlNode> top = new ArrayList<>();
            while (reader.hasNext()) {
                // Where an event ends, the next one begins.
                Location start = reader.getLocation();
                int line = start.getLineNumber();
                int column = start.getColumnNumber();
                List<XmlNode> children = open.isEmpty() ? top : open.getLast().children();
                int event = reader.next();
                if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.SPACE) {
                    pending.append(reader.getText());
                    continue;
                }
                if (!pending.isEmpty()) {
                    children.add(new XmlNode.Text(pending.toString()));
                    pending.setLength(0);
                }
                switch (event) {
                    case XMLStreamConstants.START_ELEMENT -> begin(children, line, column);
                    case XMLStreamConstants.END_ELEMENT -> open.removeLast();
                    case XMLStreamConstants.CDATA ->
                        children.add(new XmlNode.Markup("<![CDATA[" + reader.getText() + "]]>"));
                    case XMLStreamConstants.COMMENT ->
                        children.add(new XmlNode.Markup("<!--" + reader.getText() + "-->"));
                    case XMLStreamConstants.PROCESSING_INSTRUCTION -> instruction(children);
                    default -> {}
                }
            }
            XmlElement root = (XmlElement) top.stream()
                    .filter(XmlElement.class::isInstance)
                    .findFirst()
                    .orElseThrow(() -> new XmlSyntaxException("no element found", 1, 1));
            return new XmlDocument(root, instructions);
        }

        private void begin(List<XmlNode> siblings, int line, int column) throws XmlSyntaxException {
            if (open.size() >= DEEPEST) {
                throw new XmlSyntaxException("more than " + DEEPEST + " elements inside each other", line, column);
            }
            Map<String, String> attributes = new LinkedHashMap<>();
            List<String> prefixes = new ArrayList<>();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                String key = written(reader.getAttributeName(i));
                attributes.put(key, reader.getAttributeValue(i));
                if (key.startsWith("xmlns:")) {
                    prefixes.add(key.substring("xmlns:".length()));
                }
            }
            List<XmlNode> children = new ArrayList<>();
            XmlElement element = new XmlElement(written(reader.getName()), attributes, children, line, column);
            siblings.add(element);
            open.addLast(new Open(element, children, prefixes));
            checkPrefix(element.name(), element);
            for (String key : attributes.keySet()) {
                checkPrefix(key, element);
            }
        }

        private static String written(QName name) {
            return name.getPrefix().isEmpty() ? name.getLocalPart() : name.getPrefix() + ":" + name.getLocalPart();
        }

        private void checkPrefix(String name, XmlElement at) throws XmlSyntaxException {
            int colon = name.indexOf(':');
            String prefix = colon < 0 ? "xml" : name.substring(0, colon);
            boolean known = prefix.equals("xml")
                    || prefix.equals("xmlns")
                    || open.stream().anyMatch(outer -> outer.prefixes().contains(prefix));
            if (!known) {
                throw new XmlSyntaxException(
                        "unbound prefix: \"" + prefix + "\" of \"" + name + "\" needs an xmlns:" + prefix
                                + " attribute",
                        at.line(),
                        at.column());
            }
        }

        private void instruction(List<XmlNode> siblings) {
            String data = reader.getPIData();
            var instruction = new XmlNode.Instruction(reader.getPITarget(), data == null ? "" : data);
            siblings.add(instruction);
            if (open.isEmpty()) {
                instructions.add(instruction);
            }
        }
    }
}
