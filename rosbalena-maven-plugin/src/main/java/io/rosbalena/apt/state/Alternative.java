package io.rosbalena.apt.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A group of alternatives: the generic link, the links that follow it, and what they may lead to.
 *
 * @param link absolute path of the generic link
 * @param followers link path of each follower by its name
 * @param choices what may be chosen, by the file that the generic link would lead to, in the order of installation
 */
record Alternative(String link, SortedMap<String, String> followers, Map<String, Choice> choices) {
    /**
     * One choice.
     *
     * @param priority the highest wins in automatic mode
     * @param followers target of each follower by its name
     */
    record Choice(int priority, SortedMap<String, String> followers) {}

    Alternative(String link) {
        this(link, new TreeMap<>(), new LinkedHashMap<>());
    }
}
