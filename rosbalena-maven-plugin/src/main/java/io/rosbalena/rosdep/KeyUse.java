package io.rosbalena.rosdep;

/**
 * A dependency key and who asks for it.
 *
 * @param key as written in {@code package.xml}
 * @param packageName the package that asks
 * @param file its manifest, as the user names it
 * @param line line of the dependency in {@code file}; 0 when unknown
 */
public record KeyUse(String key, String packageName, String file, int line) {
    /** File and line, as messages name them. */
    public String place() {
        return line > 0 ? file + ":" + line : file;
    }
}
