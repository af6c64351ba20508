/**
 * What dpkg and the maintainer scripts would have left behind once for a whole system: declared, never run. Computed
 * from {@link io.rosbalena.apt.state.DebFacts facts} about each package, so that no package is opened twice.
 */
@NullMarked
package io.rosbalena.apt.state;

import org.jspecify.annotations.NullMarked;
