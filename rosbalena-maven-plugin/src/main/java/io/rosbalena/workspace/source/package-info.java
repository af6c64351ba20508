/** The files that make up a package, and their digest. */
@NullMarked
package io.rosbalena.workspace.source;

import org.jspecify.annotations.NullMarked;
