package io.rosbalena.maven;

import io.rosbalena.robot.fleet.Prompt;
import java.io.Console;
import java.util.Optional;

/**
 * Asks whoever sits at the terminal.
 *
 * @param interactive whether Maven may ask: not with {@code -B}
 */
record TerminalPrompt(boolean interactive) implements Prompt {
    @Override
    public Optional<String> line(String question) {
        return console().map(console -> console.readLine("%s", question));
    }

    @Override
    public Optional<String> secret(String question) {
        return console().map(console -> console.readPassword("%s", question)).map(String::valueOf);
    }

    private Optional<Console> console() {
        return interactive ? Optional.ofNullable(System.console()) : Optional.empty();
    }
}
