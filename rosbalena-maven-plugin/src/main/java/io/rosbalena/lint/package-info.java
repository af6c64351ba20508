/** Rules over the manifest, the closure and the images, and what is known of balena's device types. */
@NullMarked
package io.rosbalena.lint;

import org.jspecify.annotations.NullMarked;
