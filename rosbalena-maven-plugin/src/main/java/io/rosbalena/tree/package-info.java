/** Files as values: entries, trees, archives. Knows nothing of who made a file. */
@NullMarked
package io.rosbalena.tree;

import org.jspecify.annotations.NullMarked;
