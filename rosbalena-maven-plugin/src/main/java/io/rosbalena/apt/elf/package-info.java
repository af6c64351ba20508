/** ELF files of packages, as far as the loader looks at them. */
@NullMarked
package io.rosbalena.apt.elf;

import org.jspecify.annotations.NullMarked;
