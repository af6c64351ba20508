/** What an image is made of, as a CycloneDX document: components, package URLs, licenses. */
@NullMarked
package io.rosbalena.sbom;

import org.jspecify.annotations.NullMarked;
