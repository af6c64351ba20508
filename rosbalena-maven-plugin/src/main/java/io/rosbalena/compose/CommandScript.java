package io.rosbalena.compose;

/**
 * A script in the last layer of a service's image that stands for a command with a literal dollar: no dollar may stand
 * in the manifest, because some of balena's tools interpolate it and others do not.
 *
 * @param service the service
 * @param path absolute path in the image, mode 0755
 * @param content the script
 */
public record CommandScript(String service, String path, String content) {}
