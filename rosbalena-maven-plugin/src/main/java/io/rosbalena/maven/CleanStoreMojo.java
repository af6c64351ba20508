package io.rosbalena.maven;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.StoreCleaning;
import java.io.File;
import java.io.IOException;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
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

    /** Gigabytes (10^9 bytes) that may stay; 0 empties the store. */
    @Parameter(property = "rosbalena.storeMaxSize", defaultValue = "0")
    private long storeMaxSize;

    @Override
    public void execute() throws MojoExecutionException {
        if (skip) {
            getLog().info("rosbalena.skip is set: nothing is done");
            return;
        }
        if (!store.isDirectory()) {
            getLog().info("there is no store at " + store);
            return;
        }
        try {
            StoreCleaning.Outcome outcome =
                    StoreCleaning.shrink(BlobStore.open(store.toPath()), storeMaxSize * 1_000_000_000L);
            getLog().info("removed " + MavenConsole.size(outcome.removed()) + ", " + MavenConsole.size(outcome.kept())
                    + " stay in " + store);
        } catch (IOException e) {
            throw new MojoExecutionException(MavenConsole.tell(e), e);
        }
    }
}
