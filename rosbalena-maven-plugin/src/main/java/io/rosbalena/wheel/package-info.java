/** Names, versions, requirements and tags of Python projects, as the packaging specifications define them. */
@NullMarked
package io.rosbalena.wheel;

import org.jspecify.annotations.NullMarked;
