/** {@code balena.yml}, the contract of a release: what balena shows of it, sets for it, and offers it for. */
@NullMarked
package io.rosbalena.lint.contract;

import org.jspecify.annotations.NullMarked;
