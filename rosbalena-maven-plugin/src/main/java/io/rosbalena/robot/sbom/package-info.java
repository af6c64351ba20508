/** What the image of each service is made of, told as components of its software bill of materials. */
@NullMarked
package io.rosbalena.robot.sbom;

import org.jspecify.annotations.NullMarked;
