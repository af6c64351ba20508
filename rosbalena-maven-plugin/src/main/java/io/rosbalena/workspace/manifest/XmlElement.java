package io.rosbalena.workspace.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An element and where its start tag begins.
 *
 * @param name the tag with its prefix, as written
 * @param attributes in the order written, with {@code xmlns} declarations
 * @param line from 1
 * @param column from 1
 */
record XmlElement(String name, Map<String, String> attributes, List<XmlNode> children, int line, int column)
        implements XmlNode {

    /** The child elements. */
    Stream<XmlElement> elements() {
        return children.stream().filter(XmlElement.class::isInstance).map(XmlElement.class::cast);
    }

    /** The child elements with this tag. */
    List<XmlElement> elements(String tag) {
        List<XmlElement> found = new ArrayList<>();
        for (XmlNode child : children) {
            if (child instanceof XmlElement element && element.name.equals(tag)) {
                found.add(element);
            }
        }
        return found;
    }

    Optional<String> attribute(String key) {
        return Optional.ofNullable(attributes.get(key));
    }

    /** The text of this element alone, without CDATA sections and child elements, trimmed of XML white space. */
    String text() {
        if (children.size() == 1 && children.get(0) instanceof XmlNode.Text only) {
            return trim(only.text());
        }
        return trim(children.stream()
                .filter(XmlNode.Text.class::isInstance)
                .map(child -> ((XmlNode.Text) child).text())
                .collect(Collectors.joining()));
    }

    /** What stands between the tags, as XML, trimmed of XML white space. */
    String content() {
        return trim(children.stream().map(XmlNode::xml).collect(Collectors.joining()));
    }

    @Override
    public String xml() {
        StringBuilder xml = new StringBuilder("<").append(name);
        attributes.forEach((key, value) -> xml.append(' ')
                .append(key)
                .append("=\"")
                .append(XmlNode.escape(value))
                .append('"'));
        if (children.isEmpty()) {
            return xml.append("/>").toString();
        }
        xml.append('>');
        children.forEach(child -> xml.append(child.xml()));
        return xml.append("</").append(name).append('>').toString();
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
