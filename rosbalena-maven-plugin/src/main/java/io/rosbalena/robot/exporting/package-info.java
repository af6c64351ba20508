/** The goal that writes a robot as a project with Dockerfiles, for teams whose images balena's builders make. */
@NullMarked
package io.rosbalena.robot.exporting;

import org.jspecify.annotations.NullMarked;
