/** What services may do to the device, and how that differs between two manifests. */
@NullMarked
package io.rosbalena.lint.privilege;

import org.jspecify.annotations.NullMarked;
