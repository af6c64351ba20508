/** Built services started on this machine without Docker, each in a root made from its image's layers. */
@NullMarked
package io.rosbalena.run;

import org.jspecify.annotations.NullMarked;
