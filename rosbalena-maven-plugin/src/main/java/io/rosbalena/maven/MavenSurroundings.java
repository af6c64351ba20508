package io.rosbalena.maven;

import io.rosbalena.balena.TokenSource;
import io.rosbalena.registry.LoginFiles;
import io.rosbalena.registry.Logins;
import io.rosbalena.registry.Registries;
import io.rosbalena.robot.surroundings.CacheSettings;
import io.rosbalena.robot.surroundings.SharedCache;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.ProxyRule;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** This machine as {@code settings.xml}, the environment and Maven's command line describe it. */
final class MavenSurroundings {
    private final MavenSession session;
    private final SettingsSecrets secrets;

    MavenSurroundings(MavenSession session, SettingsDecrypter decrypter) {
        this.session = session;
        this.secrets = new SettingsSecrets(decrypter);
    }

    /**
     * What a build uses.
     *
     * @param cache what is said of the cache that machines share
     * @param caFile certificate authorities that every connection trusts besides those of the Java platform
     * @throws io.rosbalena.finding.FindingException RB516 if the cache is no repository, RB344 and up for its keys
     */
    Surroundings with(Path store, CacheSettings cache, Optional<Path> caFile, MavenConsole console) throws IOException {
        Settings settings = session.getSettings();
        SettingsServers servers = new SettingsServers(settings.getServers(), secrets);
        TransferSettings network = network(settings, caFile).withCredentials(servers::credential);
        Logins stated = (host, repository) -> servers.login(host);
        Logins stored = LoginFiles.of(Path.of(System.getProperty("user.home")), System.getenv(), console::finding);
        Logins logins = stated.underAnyHubName().or(stored);
        BlobStore local = BlobStore.open(store);
        return new Surroundings(
                local,
                network,
                new HttpTransfer(network),
                new Registries(network, logins),
                SharedCache.at(cache, network, logins, local, console),
                Clock.systemUTC(),
                console);
    }

    /** Where a token for balena's API may be, in the order in which it is looked for. */
    List<TokenSource> tokens() {
        SettingsServers servers = new SettingsServers(session.getSettings().getServers(), secrets);
        Path home = Path.of(System.getProperty("user.home"));
        return List.of(
                servers::balena,
                TokenSource.ofEnvironment(System.getenv()),
                TokenSource.ofFile(TokenSource.file(home, System.getenv())));
    }

    private TransferSettings network(Settings settings, Optional<Path> caFile) {
        TransferSettings network = TransferSettings.standard().withOffline(session.isOffline());
        if (session.isOffline()) {
            return network;
        }
        List<ProxyRule> proxies = SettingsProxies.rules(settings.getProxies(), secrets, System.getenv());
        TransferSettings online = network.withProxies(proxies);
        return caFile.map(online::withCaFile).orElse(online);
    }
}
