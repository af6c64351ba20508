/** Debug information: build ids, core dumps, and which debug file belongs to which program. */
@NullMarked
package io.rosbalena.symbols;

import org.jspecify.annotations.NullMarked;
