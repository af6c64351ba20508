package io.rosbalena.registry;

import java.net.URI;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request to a registry.
 *
 * @param method of HTTP
 * @param uri the address
 * @param scope what it needs to be allowed
 * @param headers without those of authorization
 * @param body sent anew with each attempt
 */
record RegistryRequest(
        String method, URI uri, Scope scope, SortedMap<String, String> headers, Optional<RequestBody> body) {
    RegistryRequest {
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    static RegistryRequest of(String method, URI uri, Scope scope) {
        return new RegistryRequest(method, uri, scope, new TreeMap<>(), Optional.empty());
    }

    RegistryRequest header(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new RegistryRequest(method, uri, scope, more, body);
    }

    RegistryRequest body(RequestBody content) {
        return new RegistryRequest(method, uri, scope, headers, Optional.of(content));
    }

    RegistryRequest at(URI other) {
        return new RegistryRequest(method, other, scope, headers, body);
    }
}
