/** One class a goal: parameters, Maven's words, the console. */
@NullMarked
package io.rosbalena.maven;

import org.jspecify.annotations.NullMarked;
