/** The API of balenaCloud and openBalena: who calls, how calls are made, and what the server holds. */
@NullMarked
package io.rosbalena.balena;

import org.jspecify.annotations.NullMarked;
