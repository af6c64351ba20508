/** Digests, the content-addressed store, the memory of stages, atomic files and locks. Knows nothing of ROS or images. */
@NullMarked
package io.rosbalena.store;

import org.jspecify.annotations.NullMarked;
