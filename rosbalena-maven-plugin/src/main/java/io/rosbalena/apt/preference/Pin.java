package io.rosbalena.apt.preference;

import java.util.Optional;

/**
 * One record of a preferences file for one package name.
 *
 * @param name which packages: a name, {@code src:} and a source package, or an expression for several; empty for the
 *     general form, which speaks of indexes
 * @param match which versions or indexes
 * @param priority what they get
 */
record Pin(Optional<PinName> name, PinMatch match, int priority) {
    /** What {@code Pin-Priority: never} stands for: no record with a name can make up for it. */
    static final int NEVER = Short.MIN_VALUE;

    boolean isGeneral() {
        return name.isEmpty();
    }
}
