package io.rosbalena.balena;

import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.Optional;

/**
 * Who a token stands for.
 *
 * @param type {@code user}, {@code application} or {@code device}
 * @param id of the user, application or device
 * @param name what people call it: a user's name
 */
public record Actor(String type, long id, String name) {
    static Actor read(JsonValue json) throws IOException {
        Optional<JsonValue> name = json.find("username");
        String type = json.get("actorType").string();
        return new Actor(
                type,
                json.get("actorTypeId").number(),
                name.isPresent() ? name.get().string() : "a key of " + type);
    }

    public boolean isUser() {
        return type.equals("user");
    }
}
