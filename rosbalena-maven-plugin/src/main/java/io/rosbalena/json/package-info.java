/** Reading and canonical writing of JSON; the only package that knows the JSON library. */
@NullMarked
package io.rosbalena.json;

import org.jspecify.annotations.NullMarked;
