package io.rosbalena.apt.deb;

import io.rosbalena.tree.Entry;

/**
 * What a maintainer script would have made of a file that its package ships.
 *
 * @param mode permission bits, 0 to 07777
 * @param uid numeric owner
 * @param gid numeric group
 */
public record Ownership(int mode, long uid, long gid) {
    Entry set(Entry entry) {
        return entry.withOwner(uid, gid).withMode(mode);
    }
}
