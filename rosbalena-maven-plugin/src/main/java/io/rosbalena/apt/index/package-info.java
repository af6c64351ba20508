/** Signed indexes of Debian archives: from a verified InRelease to a table of candidates, and to their downloads. */
@NullMarked
package io.rosbalena.apt.index;

import org.jspecify.annotations.NullMarked;
