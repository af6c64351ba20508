package io.rosbalena.lint.secret;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form that nothing but a secret has. What is only likely to be one is not among them.
 *
 * @param word what messages call it, with its article
 * @param pattern all of it, or as much as tells
 * @param starts plain words, one of which it begins with
 */
public record SecretForm(String word, Pattern pattern, List<String> starts) {
    /**
     * RFC 7468, OpenSSH and OpenPGP. The words alone stand in every program that reads keys, so in a file
     * what makes it a key must follow; line ends may be written as in JSON.
     */
    private static final SecretForm PRIVATE_KEY = of(
            "a private key",
            "-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:[\\s\"'+,]|\\\\[nr]){0,64}+"
                    + "(?:[A-Z][A-Za-z-]++: [^\\r\\n\\\\]*+(?:[\\s\"'+,]|\\\\[nr]){1,64}+){0,8}+[A-Za-z0-9+/=]{40,}+",
            "-----BEGIN ");

    private static final SecretForm PUTTY_KEY = of(
            "a private key of PuTTY",
            "PuTTY-User-Key-File-[0-9]: [^\\x00]{1,8000}?Private-Lines:",
            "PuTTY-User-Key-File-");

    private static final SecretForm BALENA_KEY = of(
            "a key of balena's API",
            "(?:deviceApiKey|(?:BALENA|RESIN)_(?:API_KEY|TOKEN|DEVICE_API_KEY|SUPERVISOR_API_KEY))"
                    + "[\"']?\\s*+[:=]\\s*+[\"']?[A-Za-z0-9]{32,}+",
            "deviceApiKey",
            "BALENA_",
            "RESIN_");

    /** RFC 7519, as balena's sessions and many clouds have it; both parts are JSON objects. */
    private static final SecretForm WEB_TOKEN = of(
            "a web token (JWT)",
            "(?<![A-Za-z0-9_])eyJ[A-Za-z0-9_-]{10,8000}+\\.eyJ[A-Za-z0-9_-]{10,8000}+\\.[A-Za-z0-9_-]{10,}+",
            "eyJ");

    /** Amazon's own documentation ends its examples with the word. */
    private static final SecretForm AWS_KEY = of(
            "an access key of AWS",
            "(?<![A-Za-z0-9_])(?:AKIA|ASIA)(?![0-9A-Z]{9}EXAMPLE)[0-9A-Z]{16}(?![A-Za-z0-9_])",
            "AKIA",
            "ASIA");

    private static final SecretForm AZURE_KEY =
            of("an account key of Azure", "AccountKey=[A-Za-z0-9+/]{86}==", "AccountKey=");

    private static final SecretForm GOOGLE_KEY =
            of("an API key of Google", "(?<![A-Za-z0-9_])AIza[0-9A-Za-z_-]{35}(?![A-Za-z0-9_-])", "AIza");

    private static final SecretForm GITHUB_TOKEN = of(
            "a token of GitHub",
            "(?<![A-Za-z0-9_])(?:gh[oprsu]_[A-Za-z0-9]{36}(?![A-Za-z0-9_])|github_pat_[A-Za-z0-9_]{40,}+)",
            "gho_",
            "ghp_",
            "ghr_",
            "ghs_",
            "ghu_",
            "github_pat_");

    private static final SecretForm GITLAB_TOKEN =
            of("a token of GitLab", "(?<![A-Za-z0-9_])glpat-[A-Za-z0-9_-]{20,}+", "glpat-");

    private static final SecretForm SLACK_TOKEN =
            of("a token of Slack", "(?<![A-Za-z0-9_])xox[abprs]-[0-9A-Za-z-]{20,}+", "xox");

    private static final SecretForm DOCKER_TOKEN =
            of("a token of Docker Hub", "(?<![A-Za-z0-9_])dckr_pat_[A-Za-z0-9_-]{27}", "dckr_pat_");

    private static final SecretForm NPM_TOKEN =
            of("a token of npm", "(?<![A-Za-z0-9_])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9_])", "npm_");

    private static final SecretForm PYPI_TOKEN =
            of("a token of PyPI", "(?<![A-Za-z0-9_])pypi-AgEI[A-Za-z0-9_-]{50,}+", "pypi-AgEI");

    private static final SecretForm OCEAN_TOKEN =
            of("a token of DigitalOcean", "(?<![A-Za-z0-9_])do[opr]_v1_[0-9a-f]{64}", "doo_v1_", "dop_v1_", "dor_v1_");

    /** All forms. */
    static final List<SecretForm> ALL = List.of(
            PRIVATE_KEY,
            PUTTY_KEY,
            BALENA_KEY,
            WEB_TOKEN,
            AWS_KEY,
            AZURE_KEY,
            GOOGLE_KEY,
            GITHUB_TOKEN,
            GITLAB_TOKEN,
            SLACK_TOKEN,
            DOCKER_TOKEN,
            NPM_TOKEN,
            PYPI_TOKEN,
            OCEAN_TOKEN);

    private static final Pattern KEY_WORDS = Pattern.compile("-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----");

    public SecretForm {
        starts = List.copyOf(starts);
    }

    private static SecretForm of(String word, String pattern, String... starts) {
        return new SecretForm(word, Pattern.compile(pattern), List.of(starts));
    }

    /** The form that a value of a manifest has, in which the first line of a key is enough. */
    public static Optional<SecretForm> find(String value) {
        if (KEY_WORDS.matcher(value).find()) {
            return Optional.of(PRIVATE_KEY);
        }
        return ALL.stream().filter(form -> form.in(value, 0) >= 0).findFirst();
    }

    /**
     * Where a text first has this form; -1 if nowhere.
     *
     * <p>Looks for the plain words first, which machines do by many bytes at once: programs have many megabytes.
     *
     * @param from where to begin
     */
    int in(String text, int from) {
        int first = -1;
        Matcher matcher = pattern.matcher(text).useTransparentBounds(true);
        for (String start : starts) {
            int at = text.indexOf(start, from);
            while (at >= 0 && (first < 0 || at < first)) {
                if (matcher.region(at, text.length()).lookingAt()) {
                    first = at;
                } else {
                    at = text.indexOf(start, at + 1);
                }
            }
        }
        return first;
    }
}
