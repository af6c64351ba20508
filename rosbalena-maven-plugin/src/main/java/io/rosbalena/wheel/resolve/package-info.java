/** Which wheels answer what is asked for, chosen as pip chooses them. */
@NullMarked
package io.rosbalena.wheel.resolve;

import org.jspecify.annotations.NullMarked;
