package io.rosbalena.maven;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/**
 * The passwords of {@code settings.xml}, decrypted where they are encrypted. Each is opened only when it is about to be
 * used, so that a password for something else may be in any state.
 */
final class SettingsSecrets {
    // Maven takes {…} with no backslash before the braces for an encrypted text.
    private static final Pattern ENCRYPTED = Pattern.compile("(?s).*(?<!\\\\)\\{.+(?<!\\\\)\\}.*");

    // Maven tells the causes with the names of their classes, and whose password it is, as we do.
    private static final Pattern NOISE =
            Pattern.compile("([a-z]\\w*\\.)+[A-Z]\\w*: |Failed to decrypt \\w+ for (server|proxy) [^ ]+: ");

    private final SettingsDecrypter decrypter;

    SettingsSecrets(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    /**
     * The server with its password in the clear.
     *
     * @throws FindingException RB750 if the password cannot be decrypted
     */
    Server open(Server server) {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
        Server opened = result.getServer();
        check("server " + server.getId(), result, server.getPassword(), opened.getPassword());
        return opened;
    }

    /**
     * The proxy with its password in the clear.
     *
     * @throws FindingException RB750 if the password cannot be decrypted
     */
    Proxy open(Proxy proxy) {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(proxy));
        Proxy opened = result.getProxy();
        check("proxy " + proxy.getId(), result, proxy.getPassword(), opened.getPassword());
        return opened;
    }

    /** Without its master password Maven hands out the encrypted text as if it were the password. */
    private static void check(
            String whose, SettingsDecryptionResult result, @Nullable String before, @Nullable String after) {
        Optional<SettingsProblem> problem = result.getProblems().stream()
                .filter(one -> one.getSeverity() != SettingsProblem.Severity.WARNING)
                .findFirst();
        boolean locked = after != null
                && after.equals(before)
                && ENCRYPTED.matcher(after).matches();
        if (problem.isPresent() || locked) {
            throw FindingException.input(
                    Finding.error(
                                    "RB750",
                                    "the password of the " + whose + " cannot be decrypted" + reason(problem, before))
                            .at("settings.xml")
                            .fix(
                                    "see that settings-security.xml holds the master password with which it was encrypted"
                                            + " (mvn --encrypt-password writes a new one); a plain password with braces is written \\{…\\}"));
        }
    }

    private static String reason(Optional<SettingsProblem> problem, @Nullable String secret) {
        return problem.map(SettingsProblem::getMessage)
                .filter(message -> secret == null || !message.contains(secret))
                .map(message -> ": " + NOISE.matcher(message).replaceAll(""))
                .orElse("");
    }
}
