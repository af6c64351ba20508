package io.rosbalena.workspace.manifest;

import java.util.Optional;

/** A maintainer, who always has an e-mail address, or an author. */
public record Person(String name, Optional<String> email, int line) {}
