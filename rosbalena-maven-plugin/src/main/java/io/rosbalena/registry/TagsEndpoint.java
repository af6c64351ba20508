package io.rosbalena.registry;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.transfer.Bounded;
import io.rosbalena.transfer.Location;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /v2/<name>/tags/list}, see OCI distribution-spec "Listing Tags". */
final class TagsEndpoint {
    private static final long LARGEST = 4 << 20;
    private static final int MOST_PAGES = 100;
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

    private final RegistryHttp http;

    TagsEndpoint(RegistryHttp http) {
        this.http = http;
    }

    private record Page(List<String> tags, Optional<URI> next) {}

    /** All tags of a repository, at most 100 pages of them. */
    List<String> list(String repository) throws IOException {
        List<String> tags = new ArrayList<>();
        Optional<URI> next = Optional.of(http.uri(repository + "/tags/list?n=1000"));
        for (int page = 0; page < MOST_PAGES && next.isPresent(); page++) {
            Page read = page(next.get(), Scope.pull(repository));
            tags.addAll(read.tags());
            next = read.next();
        }
        return tags;
    }

    private Page page(URI uri, Scope scope) throws IOException {
        return http.ask(RegistryRequest.of("GET", uri, scope), answer -> {
            if (answer.status() != 200) {
                throw RegistryError.of(uri, answer);
            }
            Optional<JsonValue> tags =
                    Json.parse(Bounded.read(answer.body(), LARGEST, uri)).find("tags");
            Matcher link = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
            return new Page(
                    tags.isPresent() ? tags.get().strings() : List.of(),
                    link.find() ? Optional.of(Location.redirect(uri, link.group(1))) : Optional.empty());
        });
    }
}
