/** Rosdep and rosdistro databases: from a dependency key to system packages. Never reads {@code package.xml}. */
@NullMarked
package io.rosbalena.rosdep;

import org.jspecify.annotations.NullMarked;
