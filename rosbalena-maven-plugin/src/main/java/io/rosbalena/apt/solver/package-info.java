/** Which packages and versions a set of names needs, in apt's order, with a proof or a chain of reasons. */
@NullMarked
package io.rosbalena.apt.solver;

import org.jspecify.annotations.NullMarked;
