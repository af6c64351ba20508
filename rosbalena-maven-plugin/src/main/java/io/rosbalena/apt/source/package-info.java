/** Where packages come from: the source files of apt, of a machine, of a base image or of the project, and their keys. */
@NullMarked
package io.rosbalena.apt.source;

import org.jspecify.annotations.NullMarked;
