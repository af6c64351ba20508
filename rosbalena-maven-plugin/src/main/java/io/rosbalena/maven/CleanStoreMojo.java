package io.rosbalena.maven;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.StoreCleaning;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Empties the local store down to a size, what was used longest ago first. Builds fetch or make again what they miss. */
@Mojo(name = "clean-store", requiresProject = false, threadSafe = true)
public final class CleanStoreMojo extends AbstractMojo {
    /** Do nothing. */
    @Parameter(property = "rosbalena.skip", defaultValue = "false")
    private boolean skip;

    /** The local store. */
    @Parameter(property = "rosbalena.store", defaultValue = "${user.home}/.cache/rosbalena")
    private File store;

    /** What may stay, for example {@code 5 GB}: what was used last. Without it nothing stays. */
    @Parameter(property = "rosbalena.storeMaxSize", defaultValue = "0")
    private String storeMaxSize;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("rosbalena.skip is set: nothing is done");
            return;
        }
        if (!store.isDirectory()) {
            getLog().info("there is no store at " + store);
            return;
        }
        Ending.of(this::clean, List.of(store.toPath()), getLog());
    }

    private void clean() throws IOException, MojoFailureException {
        Optional<StoreCleaning.Outcome> outcome =
                StoreCleaning.shrink(BlobStore.open(store.toPath()), StoreLimit.bytes(storeMaxSize));
        if (outcome.isEmpty()) {
            throw new MojoFailureException(
                    "the store " + store + " is in use by another build or run: stop it, or wait until it has ended");
        }
        getLog().info("removed " + Sizes.show(outcome.get().removed()) + ", "
                + Sizes.show(outcome.get().kept()) + " stay in " + store);
    }
}
