/** YAML as a tree of nodes that know their line and column: safe, bounded, without construction of objects. */
@NullMarked
package io.rosbalena.yaml;

import org.jspecify.annotations.NullMarked;
