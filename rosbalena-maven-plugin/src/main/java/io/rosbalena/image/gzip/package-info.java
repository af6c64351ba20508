/** The gzip form of layers: pieces of 1 MiB deflated on their own, the same bytes on every machine. Knows no files. */
@NullMarked
package io.rosbalena.image.gzip;

import org.jspecify.annotations.NullMarked;
