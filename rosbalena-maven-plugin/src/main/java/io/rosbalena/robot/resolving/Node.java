package io.rosbalena.robot.resolving;

import java.util.Comparator;

/** Something that is in an image or asks for something there. */
record Node(Kind kind, String name) implements Comparable<Node> {
    /** What it is; of equal names the first kind is meant. */
    enum Kind {
        DEB("package"),
        WHEEL("wheel"),
        KEY("key"),
        WORKSPACE("workspace"),
        ROOT("root");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    @Override
    public int compareTo(Node other) {
        return Comparator.comparing(Node::kind).thenComparing(Node::name).compare(this, other);
    }
}
