package io.rosbalena.apt.state;

import io.rosbalena.tree.TreePath;

/**
 * A shared library as ldconfig sees it.
 *
 * @param path where the package puts it
 * @param flags kind of library in {@code ld.so.cache}, by machine and word size
 * @param soname from its dynamic section; empty where it has none
 * @param osVersion from its ABI note, {@code os << 24 | major << 16 | minor << 8 | patch}; 0 where it has none
 */
public record LibraryFact(TreePath path, int flags, String soname, int osVersion) {}
