package io.rosbalena.device;

import java.util.Optional;

/**
 * A line that the Supervisor passes on.
 *
 * @param service that printed it; empty for what the Supervisor says of its own work
 * @param text without line end; whatever a program of the device printed
 */
public record LogLine(Optional<String> service, String text) {}
