/** A robot on the desk: its engine, its Supervisor, looking for it. */
@NullMarked
package io.rosbalena.device;

import org.jspecify.annotations.NullMarked;
