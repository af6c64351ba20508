/** A robot as its user writes it: POM, manifest and workspace, and what each service asks for. */
@NullMarked
package io.rosbalena.robot.project;

import org.jspecify.annotations.NullMarked;
