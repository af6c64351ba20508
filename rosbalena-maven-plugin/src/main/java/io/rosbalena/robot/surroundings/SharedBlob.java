package io.rosbalena.robot.surroundings;

import io.rosbalena.store.Digest;

/**
 * A blob that something trusted names: the lock, or a document that the lock names.
 *
 * @param label what it is, for messages
 * @param size bytes
 */
public record SharedBlob(String label, Digest digest, long size) {}
