package io.rosbalena.run;

import java.util.regex.Pattern;

/**
 * A named volume that a service sees.
 *
 * @param name name of the volume, which is also its folder's
 * @param target absolute path inside
 */
public record ServiceVolume(String name, String target, boolean readOnly) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    public ServiceVolume {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a volume: " + name);
        }
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("not an absolute path: " + target);
        }
    }
}
