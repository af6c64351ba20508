/**
 * The spine: one function for each family of goals. Wraps stages with the store's memory; holds no stage's logic. Its
 * rooms hold making the lock, showing what is in it, and building; what stands on their results, running, is here.
 */
@NullMarked
package io.rosbalena.robot;

import org.jspecify.annotations.NullMarked;
