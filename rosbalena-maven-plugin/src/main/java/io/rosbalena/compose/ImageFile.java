package io.rosbalena.compose;

/**
 * A file in the last layer of a service's image that the manifest relies on.
 *
 * @param service the service
 * @param path absolute path in the image
 * @param mode permission bits
 * @param content what stands in it
 */
public record ImageFile(String service, String path, int mode, String content) {}
