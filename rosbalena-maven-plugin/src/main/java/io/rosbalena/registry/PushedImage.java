package io.rosbalena.registry;

import io.rosbalena.store.Digest;

/**
 * An image that stands in a repository now.
 *
 * @param manifest by which it is found there
 * @param present blobs that the repository had
 * @param mounted blobs that the registry took over from other repositories
 * @param sent blobs whose bytes were sent
 */
public record PushedImage(String repository, Digest manifest, Blobs present, Blobs mounted, Blobs sent) {
    /**
     * Some blobs.
     *
     * @param count how many
     * @param bytes of all of them
     */
    public record Blobs(int count, long bytes) {
        static final Blobs NONE = new Blobs(0, 0);

        Blobs and(long size) {
            return new Blobs(count + 1, bytes + size);
        }
    }

    static PushedImage nothing(PushOrder order) {
        return new PushedImage(order.repository(), order.manifest(), Blobs.NONE, Blobs.NONE, Blobs.NONE);
    }

    PushedImage with(Upload.Outcome outcome, long size) {
        return switch (outcome) {
            case PRESENT -> new PushedImage(repository, manifest, present.and(size), mounted, sent);
            case MOUNTED -> new PushedImage(repository, manifest, present, mounted.and(size), sent);
            case SENT -> new PushedImage(repository, manifest, present, mounted, sent.and(size));
        };
    }
}
