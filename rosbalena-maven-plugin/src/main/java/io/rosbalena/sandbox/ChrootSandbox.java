package io.rosbalena.sandbox;

import io.rosbalena.sandbox.SandboxCommand.Bind;
import io.rosbalena.store.DirectoryRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Enters a root as root where nothing may be mounted, as in a container that was started without privileges: by
 * {@code chroot} into a private copy, with sources copied in and results copied out.
 *
 * <p>What only a mount or a namespace gives is missing: {@code /proc} holds no processes, the host name is the
 * machine's, and the network can be reached. A command that changes the root fails afterwards.
 */
final class ChrootSandbox implements Sandbox {
    private final Map<Path, StatManifest> manifests = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return Way.ROOT_WITHOUT_MOUNTS.words();
    }

    @Override
    public boolean isolatesNetwork() {
        return false;
    }

    @Override
    public boolean showsFolders() {
        return false;
    }

    @Override
    public Sandbox emulating(Processor processor) throws IOException, InterruptedException {
        // What it finds out is that nothing need be registered, since nothing can be.
        Emulation.in(Way.ROOT_WITHOUT_MOUNTS, processor);
        return this;
    }

    @Override
    public int run(SandboxCommand command, Consumer<String> output) throws IOException, InterruptedException {
        command.checkMountPoints();
        StatManifest manifest = manifest(command.root());
        try (PrivateCopy copy = PrivateCopy.acquire(command.root())) {
            SandboxCommand inside = command.at(copy.root());
            for (String own : SandboxCommand.OWN_MOUNT_POINTS) {
                empty(copy.root().resolve(own.substring(1)));
            }
            for (Bind bind : command.binds()) {
                Path place = copy.root().resolve(bind.target().substring(1));
                Copying.replace(bind.source(), place);
            }
            List<String> parameters = new ArrayList<>(List.of(copy.root().toString(), command.workingDirectory()));
            parameters.addAll(RootEntry.withoutNamespaces(inside));
            int status = Way.ROOT_WITHOUT_MOUNTS.run(
                    Script.of(ChrootSandbox.class, "chroot.sh").line(parameters), command, output);
            // The command may have put a link where a directory was.
            inside.checkMountPoints();
            for (Bind bind : command.binds()) {
                if (bind.writable()) {
                    Copying.replace(copy.root().resolve(bind.target().substring(1)), bind.source());
                }
            }
            copy.reset(command.root(), manifest, command.mountPoints());
            return status;
        }
    }

    private StatManifest manifest(Path root) throws IOException, InterruptedException {
        StatManifest known = manifests.get(root);
        if (known == null) {
            known = StatManifest.of(root);
            manifests.put(root, known);
        }
        return known;
    }

    private static void empty(Path directory) throws IOException {
        try (var children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                DirectoryRemoval.remove(child);
            }
        }
    }
}
