/** Debian packages: versions, relations, control stanzas, and what an archive offers of one package. */
@NullMarked
package io.rosbalena.apt;

import org.jspecify.annotations.NullMarked;
