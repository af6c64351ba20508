package io.rosbalena.apt.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * The URIs of a source.
 *
 * @param uris those that can be used, each ending with a slash
 * @param refused what is wrong with the others, in words
 */
public record Locations(List<URI> uris, List<String> refused) {

    /** Reads URIs as {@code sources.list(5)} writes them. */
    public static Locations of(List<String> words) {
        List<URI> uris = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (String word : words) {
            try {
                URI uri = new URI(word.endsWith("/") ? word : word + "/");
                String scheme = uri.getScheme() == null ? "" : uri.getScheme();
                switch (scheme) {
                    case "http", "https", "file" -> uris.add(uri);
                    case "copy" -> uris.add(URI.create("file" + uri.toString().substring("copy".length())));
                    default -> refused.add("\"" + word + "\" is neither an http, https nor file URI");
                }
            } catch (URISyntaxException e) {
                refused.add("\"" + word + "\" is not a URI");
            }
        }
        return new Locations(List.copyOf(uris), List.copyOf(refused));
    }
}
