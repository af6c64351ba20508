package io.rosbalena.workspace.manifest;

/** A part of an XML document. */
sealed interface XmlNode permits XmlNode.Text, XmlNode.Markup, XmlNode.Instruction, XmlElement {
    /** The node written as XML again, in the form that catkin_pkg keeps for descriptions and exports. */
    String xml();

    /** Characters, entities resolved; not those of a CDATA section. */
    record Text(String text) implements XmlNode {
        @Override
        public String xml() {
            return escape(text);
        }
    }

    /** A CDATA section, comment or processing instruction, with its own marks. */
    record Markup(String xml) implements XmlNode {}

    /** A processing instruction. */
    record Instruction(String target, String data) implements XmlNode {
        @Override
        public String xml() {
            return "<?" + target + " " + data + "?>";
        }
    }

    /** Text as it stands in element content or in a quoted attribute. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replace(">", "&gt;");
    }
}
