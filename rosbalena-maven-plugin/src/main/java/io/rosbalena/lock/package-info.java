/** The lock: what was asked and exactly what answered it. Models, reads and writes it; resolves nothing. */
@NullMarked
package io.rosbalena.lock;

import org.jspecify.annotations.NullMarked;
