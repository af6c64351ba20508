/** Keys, tokens and passwords: the forms they have, in manifests and in files. No value is ever told. */
@NullMarked
package io.rosbalena.lint.secret;

import org.jspecify.annotations.NullMarked;
