package io.rosbalena.balena;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the server keeps an image, {@code is_stored_at__image_location} in the API.
 *
 * @param host of the registry, with its port where there is one
 * @param repository for example {@code v2/f7c81b568da2db8fb0171f3dbd6ff6e5}; its first part belongs to the name
 */
public record ImageLocation(String host, String repository) {
    private static final Pattern FORM = Pattern.compile(
            "([A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?)/([a-z0-9]+(?:[._-][a-z0-9]+)*(?:/[a-z0-9]+(?:[._-][a-z0-9]+)*)*)");

    /** Reads {@code host[:port]/repository}; empty if it is something else. */
    public static Optional<ImageLocation> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return text.length() <= 512 && matcher.matches()
                ? Optional.of(new ImageLocation(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return host + "/" + repository;
    }
}
