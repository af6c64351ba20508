/**
 * The spine: one function for each family of goals. Wraps stages with the store's memory; holds no stage's logic. Its
 * rooms hold making the lock and building; what stands on their results, showing and running, is here.
 */
@NullMarked
package io.rosbalena.robot;

import org.jspecify.annotations.NullMarked;
