/** The manifest {@code package.xml}, formats 1 to 3 (REP-127, REP-140, REP-149), and its conditions. */
@NullMarked
package io.rosbalena.workspace.manifest;

import org.jspecify.annotations.NullMarked;
