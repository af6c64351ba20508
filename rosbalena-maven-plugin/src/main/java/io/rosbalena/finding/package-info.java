/** What is wrong, where, and what to do: the one form in which every stage reports. */
@NullMarked
package io.rosbalena.finding;

import org.jspecify.annotations.NullMarked;
