package io.rosbalena.robot.surroundings;

import io.rosbalena.registry.Registries;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.SharedResults;
import io.rosbalena.transfer.Transfer;
import io.rosbalena.transfer.TransferSettings;
import java.time.Clock;

/**
 * What a build uses of this machine.
 *
 * @param store the local store
 * @param network how the network is used, for clients of further protocols
 * @param transfer files of the network
 * @param registries container registries
 * @param cache what other machines have fetched
 * @param clock judges the validity of signatures and the age of a ROS distribution while locking; nothing else looks at
 *     it
 * @param console what a person sees
 */
public record Surroundings(
        BlobStore store,
        TransferSettings network,
        Transfer transfer,
        Registries registries,
        SharedCache cache,
        Clock clock,
        Console console) {

    /** The same machine, seen by someone else. */
    public Surroundings with(Console other) {
        return new Surroundings(store, network, transfer, registries, cache, clock, other);
    }

    /** Results of stages that the cache has from keys that the user named. */
    public SharedResults results() {
        return cache.results().told(console);
    }
}
