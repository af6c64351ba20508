package io.rosbalena.sandbox;

import io.rosbalena.sandbox.SandboxCommand.Bind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Enters a root as root where nothing may be mounted, as in a container that was started without privileges: by
 * {@code chroot} into a private copy, with sources copied in and results copied out.
 *
 * <p>What only a mount or a namespace gives is missing: {@code /proc} holds no processes, the host name is the
 * machine's, and the network can be reached. A command that changes the root fails afterwards.
 */
public final class ChrootSandbox implements Sandbox {
    private final Map<Path, StatManifest> manifests = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "root without mounts";
    }

    @Override
    public boolean isolatesNetwork() {
        return false;
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
                empty(place);
                Copying.content(bind.source(), place);
            }
            List<String> line = new ArrayList<>(List.of(
                    "sh",
                    "-c",
                    Script.named("chroot.sh"),
                    "chroot.sh",
                    copy.root().toString(),
                    command.workingDirectory()));
            line.addAll(RootEntry.withoutNamespaces(inside));
            int status = Confined.run(line, output).statusOrThrow(name(), command.root());
            // The command may have put a link where a directory was.
            inside.checkMountPoints();
            for (Bind bind : command.binds()) {
                if (bind.writable()) {
                    empty(bind.source());
                    Copying.content(copy.root().resolve(bind.target().substring(1)), bind.source());
                }
            }
            copy.reset(command.root(), manifest, command.mountPoints());
            return status;
        }
    }

    /** Why this way is closed on this machine; empty if it is open. */
    Optional<Refusal> probe() throws IOException, InterruptedException {
        return Confined.run(
                        List.of(
                                "sh",
                                "-c",
                                Script.named("probe-chroot.sh"),
                                "probe-chroot.sh",
                                Tool.require("nsenter", "util-linux").toString()),
                        line -> {})
                .refusal(name());
    }

    private StatManifest manifest(Path root) throws IOException {
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
