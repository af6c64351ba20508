package io.rosbalena.lint.preflight;

import io.rosbalena.apt.elf.Linkage;
import io.rosbalena.tree.TreePath;
import java.util.Map;

/**
 * A package of an image that its user did not make.
 *
 * @param name how messages call it, for example {@code the Debian package libarm1}
 * @param objects what its programs and shared objects are linked with, by their places in the image
 */
public record Supply(String name, Map<TreePath, Linkage> objects) {
    public Supply {
        objects = Map.copyOf(objects);
    }
}
