package io.rosbalena.lint.python;

import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a Python file says of others.
 *
 * @param imports those that are run whenever the file is: they stand in no block, so in no function, no {@code try} and
 *     no {@code if}
 * @param dynamic whether it has to do with how modules are found, for example by {@code sys.path}: what it imports then
 *     cannot be known without running it
 */
public record PythonModule(List<PythonImport> imports, boolean dynamic) {
    public PythonModule {
        imports = List.copyOf(imports);
    }

    /** Reads a file. What is no Python gives whatever looks like an import in it. */
    public static PythonModule of(byte[] file) {
        return new PythonScanner(file).read();
    }

    /** As plain JSON values. */
    public Object encode() {
        return Map.of(
                "dynamic",
                dynamic,
                "imports",
                imports.stream()
                        .map(one -> List.of((long) one.level(), one.module(), one.names(), (long) one.line()))
                        .toList());
    }

    /** Reads what {@link #encode} wrote. */
    public static PythonModule decode(JsonValue document) throws IOException {
        List<PythonImport> imports = new ArrayList<>();
        for (JsonValue one : document.get("imports").items()) {
            List<JsonValue> fields = one.items();
            imports.add(new PythonImport(
                    (int) fields.get(0).number(),
                    fields.get(1).string(),
                    fields.get(2).strings(),
                    (int) fields.get(3).number()));
        }
        return new PythonModule(imports, document.get("dynamic").flag());
    }
}
