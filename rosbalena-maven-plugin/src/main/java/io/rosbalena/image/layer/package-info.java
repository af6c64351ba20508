/**
 * Layers are written: parts are opened, their tar entries go as pieces into one blob and into both digests, and the store
 * remembers in which layer each part stands.
 */
@NullMarked
package io.rosbalena.image.layer;

import org.jspecify.annotations.NullMarked;
