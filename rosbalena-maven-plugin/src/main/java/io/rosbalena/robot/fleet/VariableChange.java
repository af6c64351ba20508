package io.rosbalena.robot.fleet;

import io.rosbalena.balena.ApiException;
import io.rosbalena.balena.BalenaApi;
import io.rosbalena.balena.FleetVariable;
import io.rosbalena.balena.Printable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A variable that the server has otherwise than the project says.
 *
 * @param before the value that is set; empty where none is
 * @param after the value that is wanted
 */
record VariableChange(FleetVariable variable, VariableTarget.Home home, Optional<String> before, String after) {

    void apply(BalenaApi api) throws IOException {
        if (before.isPresent()) {
            change(api);
            return;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(home.parent(), home.id());
        fields.put("name", variable.name());
        fields.put("value", after);
        try {
            api.create(home.resource(), fields, () -> api.first(home.named(variable.name())));
        } catch (ApiException e) {
            if (e.kind() != ApiException.Kind.CONFLICT) {
                throw e;
            }
            // Somebody set it since we looked.
            change(api);
        }
    }

    private void change(BalenaApi api) throws IOException {
        api.change(home.named(variable.name()), Map.of("value", after));
    }

    /** One line; the value of a secret is not in it. */
    String show() {
        String name = home.show(variable.name());
        if (variable.secret()) {
            return before.isPresent() ? "~ " + name + " gets another value (secret)" : "+ " + name + " (secret)";
        }
        return before.map(old -> "~ " + name + ": " + quoted(old) + " becomes " + quoted(after))
                .orElseGet(() -> "+ " + name + " = " + quoted(after));
    }

    /** Secrets are in no message. */
    @Override
    public String toString() {
        return show();
    }

    private static String quoted(String value) {
        return "\"" + Printable.line(value) + "\"";
    }
}
