package io.rosbalena.lint.python;

import java.util.List;

/**
 * One import of a module.
 *
 * @param level dots before the module's name: 0 for an absolute import
 * @param module with its dots; empty in {@code from . import x}
 * @param names what is taken from it: names, or {@code *}; empty in {@code import module}
 * @param line where its statement begins, from 1
 */
public record PythonImport(int level, String module, List<String> names, int line) {
    public PythonImport {
        names = List.copyOf(names);
    }

    /** The first part of the module's name. */
    public String top() {
        int dot = module.indexOf('.');
        return dot < 0 ? module : module.substring(0, dot);
    }
}
