/** The spine: one function for each family of goals. Wraps stages with the store's memory; holds no stage's logic. */
@NullMarked
package io.rosbalena.robot;

import org.jspecify.annotations.NullMarked;
