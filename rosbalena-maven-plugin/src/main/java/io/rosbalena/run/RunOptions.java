package io.rosbalena.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How services are run.
 *
 * @param limit after which time all services are stopped; empty: when all have ended, or on Ctrl-C
 * @param volumes folder that holds one folder a named volume, kept between runs
 * @param log what is told meanwhile
 */
public record RunOptions(Optional<Duration> limit, Path volumes, ServiceLog log) {}
