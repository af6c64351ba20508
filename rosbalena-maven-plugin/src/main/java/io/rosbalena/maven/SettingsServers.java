package io.rosbalena.maven;

import io.rosbalena.balena.ApiToken;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.registry.Login;
import io.rosbalena.transfer.Credential;
import io.rosbalena.transfer.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.settings.Server;
import org.codehaus.plexus.util.StringUtils;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * What the {@code <servers>} of {@code settings.xml} hold for registries, apt mirrors and rosdep databases. The id of a
 * server is its host, with the port where the address states one. As in apt_auth.conf(5), such an id stands for https
 * alone: for a server that is reached without encryption the id is written with its scheme, {@code http://mirror.lan}.
 *
 * <p>A token stands in the {@code <configuration>} where Maven itself looks for it: an {@code Authorization} header among
 * the {@code <httpHeaders>}.
 */
final class SettingsServers {
    private static final String BEARER = "Bearer ";

    private final List<Server> servers;
    private final SettingsSecrets secrets;

    SettingsServers(List<Server> servers, SettingsSecrets secrets) {
        this.servers = List.copyOf(servers);
        this.secrets = secrets;
    }

    /**
     * The login for a registry.
     *
     * @param host host and, where stated, port
     * @throws FindingException RB750 if the password cannot be decrypted, RB752 if the header is of no use
     */
    Optional<Login> login(String host) {
        return find(Stream.of(host)).flatMap(server -> {
            Optional<String> token = authorization(server);
            if (token.isPresent()) {
                return token.map(value -> Login.bearer(value.substring(BEARER.length())));
            }
            return StringUtils.isEmpty(server.getPassword())
                    ? Optional.empty()
                    : Optional.of(Login.password(StringUtils.clean(server.getUsername()), server.getPassword()));
        });
    }

    /**
     * The credential for files of a server.
     *
     * @throws FindingException RB750 if the password cannot be decrypted, RB752 if the header is of no use
     */
    Optional<Credential> credential(Origin origin) {
        return find(ids(origin)).flatMap(server -> {
            Optional<String> token = authorization(server);
            if (token.isPresent()) {
                return token.map(Credential::new);
            }
            return StringUtils.isEmpty(server.getUsername())
                    ? Optional.empty()
                    : Optional.of(Credential.basic(
                            server.getUsername(), Objects.requireNonNullElse(server.getPassword(), "")));
        });
    }

    /**
     * The token for balena's API: the password of the server with the id {@code balena}.
     *
     * @throws FindingException RB750 if the password cannot be decrypted, RB752 if the header is of no use
     */
    Optional<ApiToken> balena() {
        return find(Stream.of("balena"))
                .flatMap(server -> authorization(server)
                        .map(header -> header.substring(BEARER.length()))
                        .or(() -> Optional.ofNullable(server.getPassword()))
                        .filter(text -> !text.isBlank()))
                .map(text -> ApiToken.of(text, "the server balena of settings.xml"));
    }

    private static Stream<String> ids(Origin origin) {
        List<String> ids = new ArrayList<>();
        String withPort = origin.host() + ":" + origin.port();
        ids.add(origin.scheme() + "://" + withPort);
        boolean https = origin.scheme().equals("https");
        boolean usual = origin.port() == (https ? 443 : 80);
        if (usual) {
            ids.add(origin.scheme() + "://" + origin.host());
        }
        if (https) {
            ids.add(withPort);
            if (usual) {
                ids.add(origin.host());
            }
        }
        return ids.stream();
    }

    private Optional<Server> find(Stream<String> ids) {
        return ids.flatMap(
                        id -> servers.stream().filter(server -> id.equalsIgnoreCase(StringUtils.clean(server.getId()))))
                .findFirst()
                .map(secrets::open);
    }

    private static Optional<String> authorization(Server server) {
        if (!(server.getConfiguration() instanceof Xpp3Dom configuration)
                || configuration.getChild("httpHeaders") == null) {
            return Optional.empty();
        }
        for (Xpp3Dom property : configuration.getChild("httpHeaders").getChildren()) {
            if ("Authorization".equalsIgnoreCase(value(property, "name"))) {
                String header = value(property, "value");
                if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                    throw FindingException.input(Finding.error(
                                    "RB752",
                                    "the Authorization header of the server " + server.getId()
                                            + " holds no bearer token")
                            .at("settings.xml")
                            .fix("write its <value> as Bearer and the token; a user and a password stand in"
                                    + " <username> and <password>"));
                }
                return Optional.of(BEARER + header.substring(BEARER.length()).strip());
            }
        }
        return Optional.empty();
    }

    private static String value(Xpp3Dom element, String child) {
        Xpp3Dom found = element.getChild(child);
        return found == null ? "" : StringUtils.clean(found.getValue());
    }
}
