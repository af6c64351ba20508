package io.rosbalena.registry;

/**
 * What proves to a registry who asks. Its text never shows the secret.
 *
 * @param user empty for a token
 * @param secret password, identity token or bearer token
 */
public record Login(Kind kind, String user, String secret) {
    /** How the secret is used. */
    public enum Kind {
        /** User and password, given to the registry or to its token server. */
        PASSWORD,
        /** An OAuth2 refresh token, given to the token server. */
        IDENTITY_TOKEN,
        /** A ready token, given to the registry with every request. */
        BEARER_TOKEN
    }

    /** User and password. */
    public static Login password(String user, String password) {
        return new Login(Kind.PASSWORD, user, password);
    }

    /** A ready token, as balena's API hands it out for several repositories at once. */
    public static Login bearer(String token) {
        return new Login(Kind.BEARER_TOKEN, "", token);
    }

    @Override
    public String toString() {
        return "Login[" + kind + ", hidden]";
    }
}
