package io.rosbalena.maven;

import io.rosbalena.balena.TokenSource;
import io.rosbalena.robot.fleet.FleetAccess;
import io.rosbalena.robot.fleet.Login;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Logs in to balena: in the browser, with an API key, or with e-mail and password. The token is checked and then kept where
 * balena's command line has it, too: {@code ~/.balena/token}, or in {@code BALENARC_DATA_DIRECTORY}.
 */
@Mojo(name = "login", requiresProject = false, threadSafe = true)
public final class LoginMojo extends FleetMojo {
    /**
     * {@code web}: in the browser, the default for balenaCloud. {@code key}: an API key from {@code BALENA_API_KEY}, or that
     * is asked for. {@code password}: e-mail and password, the default for other servers; the password is asked for, or
     * stands in {@code BALENA_PASSWORD}.
     */
    @Parameter(property = "rosbalena.login")
    private @Nullable String login;

    /** The API key itself; others of this machine can read it then. */
    @Parameter(property = "rosbalena.login.key")
    private @Nullable String key;

    /** The e-mail; without it, it is asked for. */
    @Parameter(property = "rosbalena.login.email")
    private @Nullable String email;

    /** Seconds to wait for the login in the browser. */
    @Parameter(property = "rosbalena.login.seconds", defaultValue = "300")
    private int seconds;

    @Override
    protected void perform(RobotProject robot, FleetAccess access, Surroundings surroundings)
            throws IOException, InterruptedException {
        Login.run(
                access,
                new Login.Request(
                        Optional.ofNullable(login).map(String::strip).filter(text -> !text.isEmpty()),
                        Optional.ofNullable(key),
                        Optional.ofNullable(email).map(String::strip),
                        Duration.ofSeconds(seconds),
                        System.getenv(),
                        TokenSource.file(Path.of(System.getProperty("user.home")), System.getenv()),
                        new TerminalPrompt(session.getRequest().isInteractiveMode()),
                        Browser::open),
                surroundings,
                System.out::println);
    }
}
