/** Fetching bytes from http, https and file URIs: bounded, resumable, verified. Knows no protocol above HTTP. */
@NullMarked
package io.rosbalena.transfer;

import org.jspecify.annotations.NullMarked;
