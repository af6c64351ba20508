package io.rosbalena.balena;

import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls of balena's API. Methods throw {@link ApiException} for what the server refuses and the exceptions of
 * {@link io.rosbalena.transfer.Transfer} for what the network does; {@link ApiFinding} tells both. Safe for several threads.
 *
 * <p>A bad token reads as an empty fleet: the server answers questions of guests, too, with nothing. So whoever begins
 * with a {@link #whoAmI} knows whether to believe an empty answer.
 */
public interface BalenaApi {
    /** The server. */
    ApiUrl url();

    /**
     * Who calls.
     *
     * @throws ApiException DENIED for a token that is not valid
     */
    Actor whoAmI() throws IOException;

    /** What a query finds; none where it finds none, or the token may not see it. */
    List<JsonValue> list(Query query) throws IOException;

    /** The first of what a query finds. */
    default Optional<JsonValue> first(Query query) throws IOException {
        List<JsonValue> found = list(query);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    /** The document at a path outside of the model, such as {@code /config/vars}. */
    JsonValue document(String path) throws IOException;

    /** The list at a path outside of the model, such as the log of a device. */
    List<JsonValue> items(String path) throws IOException;

    /**
     * Creates one of a resource.
     *
     * @param recheck finds what a call created whose answer was lost; asked before the call is made a second time
     * @throws ApiException CONFLICT where a rule allows only one
     */
    JsonValue create(String resource, Map<String, ?> fields, Recheck recheck) throws IOException;

    /** Changes what a query finds. */
    void change(Query query, Map<String, ?> fields) throws IOException;

    /** Removes what a query finds. */
    void remove(Query query) throws IOException;

    /** Finds what a lost call left. */
    @FunctionalInterface
    interface Recheck {
        /** Two calls of this kind do no harm, or the server refuses the second. */
        Recheck NONE = Optional::empty;

        Optional<JsonValue> find() throws IOException;
    }
}
