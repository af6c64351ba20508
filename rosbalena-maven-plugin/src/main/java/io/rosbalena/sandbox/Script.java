package io.rosbalena.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A script for {@code sh} that stands beside a class. It gets its values as positional parameters only, so that no blank
 * or quote in them is ever read as code.
 *
 * @param name its file name, which messages of the shell begin with
 * @param text its lines
 */
public record Script(String name, String text) {

    /** The script of this name beside a class. */
    public static Script of(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not in this plugin: " + name);
            }
            return new Script(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line that runs it with these parameters. */
    public List<String> line(List<String> parameters) {
        List<String> line = new ArrayList<>(List.of("sh", "-c", text, name));
        line.addAll(parameters);
        return line;
    }
}
