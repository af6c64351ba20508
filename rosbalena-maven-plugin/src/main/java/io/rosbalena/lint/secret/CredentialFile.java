package io.rosbalena.lint.secret;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that tools keep logins in, known by their names; without a login in it such a file is harmless. */
enum CredentialFile {
    /** {@code netrc(5)}; curl and Python read it, too. */
    NETRC(".netrc", "(.*/)?[._]netrc", "\\bpassword\\s+\\S"),
    /** Docker, podman and skopeo. */
    REGISTRIES(
            "docker",
            "(.*/)?(\\.docker/config\\.json|\\.dockercfg|\\.dockerconfigjson|containers/auth\\.json)",
            "\"(?:auth|password|identitytoken|registrytoken)\"\\s*:\\s*\"[^\"]"),
    PYPIRC(".pypirc", "(.*/)?\\.pypirc", "(?m)^\\s*password\\s*[:=]\\s*\\S"),
    /** {@code git-credential-store(1)}. */
    GIT("git", "(.*/)?\\.git-credentials", "://[^/\\s:@]*:[^/\\s@]+@"),
    /** What stands in braces is a variable. */
    NPMRC("npm", "(.*/)?\\.npmrc", "(?m)_(?:authToken|auth|password)\\s*=\\s*[^\\s$]"),
    AWS("AWS's command line", "(.*/)?\\.aws/credentials", "aws_secret_access_key\\s*=\\s*\\S"),
    /** Of balena's command line. */
    BALENA("balena's command line", "(.*/)?\\.balena/token", "\\S{16}");

    private final String word;
    private final Pattern path;
    private final Pattern login;

    CredentialFile(String word, String path, String login) {
        this.word = word;
        this.path = Pattern.compile(path);
        this.login = Pattern.compile(login);
    }

    /** Who reads it. */
    String word() {
        return word;
    }

    /** The kind of a file by its path; empty if it is none of them. */
    static Optional<CredentialFile> of(String path) {
        return Arrays.stream(values())
                .filter(one -> one.path.matcher(path).matches())
                .findFirst();
    }

    /** Where a login stands in such a file; -1 if there is none. */
    int in(String text) {
        Matcher matcher = login.matcher(text);
        return matcher.find() ? matcher.start() : -1;
    }
}
