package io.rosbalena.maven;

import io.rosbalena.transfer.EnvironmentProxies;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;

/** The network as Maven's settings and the environment describe it. */
final class MavenTransfer {
    private MavenTransfer() {}

    static HttpTransfer of(MavenSession session, Optional<Path> caFile) throws IOException {
        TransferSettings settings = TransferSettings.standard()
                .withOffline(session.isOffline())
                .withProxies(EnvironmentProxies.read(System.getenv()));
        if (caFile.isPresent()) {
            settings = settings.withCaFile(caFile.get());
        }
        return new HttpTransfer(settings);
    }
}
