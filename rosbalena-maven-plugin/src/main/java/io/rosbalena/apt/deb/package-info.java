/** Debian binary packages ({@code deb(5)}) as trees of entries, never unpacked to disk as files. */
@NullMarked
package io.rosbalena.apt.deb;

import org.jspecify.annotations.NullMarked;
