package io.rosbalena.lint.privilege;

import java.util.Comparator;

/**
 * One thing that a service may do beyond its container.
 *
 * @param service the service
 * @param level the rung of the ladder of access
 * @param what in the manifest's words, for example {@code devices: /dev/i2c-1}
 */
public record Privilege(String service, Level level, String what) implements Comparable<Privilege> {
    private static final Comparator<Privilege> ORDER = Comparator.comparing(Privilege::service)
            .thenComparing(Privilege::level, Comparator.reverseOrder())
            .thenComparing(Privilege::what);

    /** The ladder, least first (table 3 of balena's guide to robots). */
    public enum Level {
        /** Talks to the network of the device. */
        NETWORK("network"),
        /** Sees or keeps what others do: volumes, shared memory, processes. */
        SHARED("shared"),
        /** One piece of hardware. */
        DEVICE("device"),
        /** One right of the machine's root. */
        CAPABILITY("capability"),
        /** A part of the system. */
        SYSTEM("system"),
        /** Everything. */
        ALL("everything");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        /** What tables say. */
        public String word() {
            return word;
        }
    }

    @Override
    public int compareTo(Privilege other) {
        return ORDER.compare(this, other);
    }
}
