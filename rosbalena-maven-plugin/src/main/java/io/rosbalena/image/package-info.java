/** Container images: layers from file trees, configuration, manifest, OCI layout. Knows neither apt nor ROS nor network. */
@NullMarked
package io.rosbalena.image;

import org.jspecify.annotations.NullMarked;
