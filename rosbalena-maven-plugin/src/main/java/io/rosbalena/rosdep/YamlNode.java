package io.rosbalena.rosdep;

import java.util.List;
import java.util.Map;

/** A value of a database file with the line that it starts on, from 1; 0 where it stands in no file. */
sealed interface YamlNode {
    int line();

    /** A string. */
    record Text(String value, int line) implements YamlNode {}

    /** Null, which rosdep reads as «not available». */
    record Nothing(int line) implements YamlNode {}

    /** A number, truth value or date: never a rule. */
    record Other(String text, int line) implements YamlNode {}

    record Items(List<YamlNode> list, int line) implements YamlNode {
        public Items {
            list = List.copyOf(list);
        }
    }

    /** A mapping in document order; entries whose key is no string cannot be asked for and are left out. */
    record Members(Map<String, YamlNode> map, int line) implements YamlNode {}
}
