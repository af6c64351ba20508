package io.rosbalena.apt.state;

/**
 * A configuration file as dpkg remembers it.
 *
 * @param path absolute path
 * @param md5 of the content that the package ships; {@code newconffile} where it ships none
 * @param removeOnUpgrade whether the package only lists it to have it removed
 */
public record ConffileFact(String path, String md5, boolean removeOnUpgrade) {}
