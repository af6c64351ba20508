package io.rosbalena.transfer;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** What may be shown and sent of a URI: user info is a credential, and a query often holds one. */
public final class Location {
    private Location() {}

    /** The URI for a message: no user info, the query only hinted at. */
    public static String show(URI uri) {
        return nameable(uri) + (uri.getRawQuery() == null ? "" : "?…");
    }

    /** The URI without what may be secret: user info, query and fragment. */
    public static URI nameable(URI uri) {
        String text = withoutUserInfo(uri).toString();
        int query = text.indexOf('?');
        return query < 0 ? URI.create(text) : URI.create(text.substring(0, query));
    }

    /** The URI as it is sent: without user info and fragment. */
    static URI withoutUserInfo(URI uri) {
        String authority = uri.getRawAuthority();
        String text = uri.toString();
        int fragment = text.indexOf('#');
        if (fragment >= 0) {
            text = text.substring(0, fragment);
        }
        if (authority != null && authority.contains("@")) {
            // A host that is no host name leaves the user info unparsed; it must not show for that reason.
            text = text.replace("//" + authority, "//" + authority.substring(authority.lastIndexOf('@') + 1));
        }
        return URI.create(text);
    }

    /** User and password of the URI. */
    static Optional<Credential> userInfo(URI uri) {
        String info = uri.getUserInfo();
        if (info == null || info.isEmpty()) {
            return Optional.empty();
        }
        int colon = info.indexOf(':');
        return Optional.of(
                colon < 0
                        ? Credential.basic(info, "")
                        : Credential.basic(info.substring(0, colon), info.substring(colon + 1)));
    }

    static boolean isFile(URI uri) {
        return "file".equalsIgnoreCase(uri.getScheme());
    }

    /**
     * Where a redirect leads.
     *
     * @throws TransferException if it leaves http and https, or goes from https to http
     */
    public static URI redirect(URI from, String location) throws TransferException {
        URI target;
        try {
            target = from.resolve(new URI(location.replace(" ", "%20")));
        } catch (URISyntaxException e) {
            throw new TransferException(
                    TransferException.Kind.REDIRECT, show(from) + " redirects to something that is not a URI");
        }
        String scheme = target.getScheme() == null ? "" : target.getScheme().toLowerCase(Locale.ROOT);
        boolean known = scheme.equals("https") || scheme.equals("http");
        boolean weaker = scheme.equals("http") && "https".equalsIgnoreCase(from.getScheme());
        if (!known || weaker || target.getHost() == null) {
            throw new TransferException(
                    TransferException.Kind.REDIRECT,
                    show(from) + " redirects to " + show(target) + ", which is refused: it is "
                            + (weaker ? "not encrypted" : "no http or https address"));
        }
        return target;
    }
}
