/** What tests of packages gave: read from the files of colcon, CTest, GoogleTest and pytest, written as Surefire's. */
@NullMarked
package io.rosbalena.colcon.result;

import org.jspecify.annotations.NullMarked;
