package io.rosbalena.maven;

import io.rosbalena.transfer.EnvironmentProxies;
import io.rosbalena.transfer.TransferSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;

/** The network as Maven's settings and the environment describe it. */
final class MavenTransfer {
    private MavenTransfer() {}

    static TransferSettings settings(MavenSession session, Optional<Path> caFile) {
        TransferSettings settings = TransferSettings.standard()
                .withOffline(session.isOffline())
                .withProxies(EnvironmentProxies.read(System.getenv()));
        if (caFile.isPresent()) {
            settings = settings.withCaFile(caFile.get());
        }
        return settings;
    }
}
