package io.rosbalena.run;

/**
 * A device of this machine that a service sees.
 *
 * @param source absolute path on this machine
 * @param target absolute path inside
 */
public record ServiceDevice(String source, String target) {
    public ServiceDevice {
        if (!source.startsWith("/") || !target.startsWith("/")) {
            throw new IllegalArgumentException("not absolute paths: " + source + ":" + target);
        }
    }
}
