package io.rosbalena.registry;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import io.rosbalena.finding.Finding;
import io.rosbalena.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Logins that docker, podman and skopeo have stored on this machine, credential helpers included, in the order in which
 * those programs look: {@code DOCKER_CONFIG}, {@code ~/.docker/config.json}, {@code REGISTRY_AUTH_FILE},
 * {@code $XDG_RUNTIME_DIR/containers/auth.json}, {@code ~/.config/containers/auth.json}; last the helpers that are
 * known for a registry's provider. A file may also name a namespace or a repository of a registry; the most specific
 * name counts, as containers-auth.json(5) has it.
 */
public final class LoginFiles implements Logins {
    private final List<Path> files;
    private final Consumer<Finding> problems;

    private LoginFiles(List<Path> files, Consumer<Finding> problems) {
        this.files = List.copyOf(files);
        this.problems = problems;
    }

    /**
     * The files of a user.
     *
     * @param home the user's folder
     * @param environment the variables named above are read
     * @param problems receives warnings about files and helpers that are of no use; an image that is public needs none
     */
    public static LoginFiles of(Path home, Map<String, String> environment, Consumer<Finding> problems) {
        List<Path> files = new ArrayList<>();
        variable(environment, "DOCKER_CONFIG").ifPresent(folder -> files.add(Path.of(folder, "config.json")));
        files.add(home.resolve(".docker/config.json"));
        variable(environment, "REGISTRY_AUTH_FILE").ifPresent(file -> files.add(Path.of(file)));
        variable(environment, "XDG_RUNTIME_DIR")
                .ifPresent(folder -> files.add(Path.of(folder, "containers/auth.json")));
        files.add(variable(environment, "XDG_CONFIG_HOME")
                .map(Path::of)
                .orElse(home.resolve(".config"))
                .resolve("containers/auth.json"));
        return new LoginFiles(files, problems);
    }

    @Override
    public Optional<Login> find(String host, String repository) {
        ImageReference image = ImageReference.of(host, "any", "latest");
        for (Path file : files) {
            Optional<Login> login = names(file, host).flatMap(names -> find(names, file, image, repository));
            if (login.isPresent()) {
                return login;
            }
        }
        String helper = "docker-credential-*";
        return retrieve(factory(image, helper).wellKnownCredentialHelpers(), host, helper);
    }

    private Optional<Login> find(LoginNames names, Path file, ImageReference image, String repository) {
        String host = image.getRegistry();
        Optional<Login> specific = names.find(host, repository);
        if (specific.isPresent() || names.holdsOnlyNamespaces(host)) {
            return specific;
        }
        return retrieve(factory(image, file.toString()).dockerConfig(file), host, file.toString());
    }

    private Optional<LoginNames> names(Path file, String host) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(LoginNames.read(Json.parse(Files.readAllBytes(file))));
        } catch (IOException e) {
            problem(host, file.toString(), "the file is no JSON object with logins");
            return Optional.empty();
        }
    }

    private CredentialRetrieverFactory factory(ImageReference image, String source) {
        return CredentialRetrieverFactory.forImage(image, event -> {
            // A warning's cause comes as a second, indented one.
            if (event.getLevel() == LogEvent.Level.WARN && !event.getMessage().startsWith(" ")) {
                problem(image.getRegistry(), source, event.getMessage());
            }
        });
    }

    private Optional<Login> retrieve(CredentialRetriever retriever, String host, String source) {
        try {
            return retriever.retrieve().map(LoginFiles::login);
        } catch (CredentialRetrievalException e) {
            problem(host, source, e.getMessage());
            return Optional.empty();
        }
    }

    private void problem(String host, String source, @Nullable String reason) {
        problems.accept(Finding.warning("RB511", "a login for " + host + " cannot be read: " + reason)
                .at(source)
                .fix("log in again with docker login or podman login, or give a <server> with the id " + host
                        + " in settings.xml"));
    }

    private static Login login(Credential credential) {
        return credential.isOAuth2RefreshToken()
                ? new Login(Login.Kind.IDENTITY_TOKEN, "", credential.getPassword())
                : Login.password(credential.getUsername(), credential.getPassword());
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
