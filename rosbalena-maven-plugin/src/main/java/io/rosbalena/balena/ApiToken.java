package io.rosbalena.balena;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.transfer.Credential;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A session's token or an API key. No message shows it.
 *
 * @param value as it stands in the {@code Authorization} header behind {@code Bearer}
 * @param origin where it was found, for messages
 * @param kept the file in which it stands for who logged in
 */
public record ApiToken(String value, String origin, Optional<Path> kept) {
    /** More than any token has: balena's sessions have some 700 characters. */
    private static final int LONGEST = 16_384;

    /**
     * A token as people keep it.
     *
     * @throws FindingException RB602 if it can be none
     */
    public static ApiToken of(String text, String origin) {
        String value = text.strip();
        boolean usable =
                !value.isEmpty() && value.length() <= LONGEST && value.chars().allMatch(c -> c > ' ' && c < 127);
        if (!usable) {
            throw FindingException.input(Finding.error("RB602", origin + " holds no balena token")
                    .fix("it is one line, without blanks: an API key that you create in the dashboard, or what"
                            + " mvn rosbalena:login writes"));
        }
        return new ApiToken(value, origin, Optional.empty());
    }

    /** The same, where it is kept in a file. */
    ApiToken in(Path file) {
        return new ApiToken(value, origin, Optional.of(file));
    }

    Credential credential() {
        return Credential.bearer(value);
    }

    @Override
    public String toString() {
        return "a token from " + origin;
    }
}
