/** Debug information of a robot's own packages: the archives that hold it, and what a core dump needs of them. */
@NullMarked
package io.rosbalena.robot.symbols;

import org.jspecify.annotations.NullMarked;
