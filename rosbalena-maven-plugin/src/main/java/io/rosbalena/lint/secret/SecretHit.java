package io.rosbalena.lint.secret;

/**
 * A file that holds a secret.
 *
 * @param path of the file in the image, from the root
 * @param line the first line of the secret, from 1
 * @param what it is, with its article; never the secret itself
 */
public record SecretHit(String path, int line, String what) {}
