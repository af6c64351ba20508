/** The contract between the robot's developers and the Supervisor: docker-compose.yml parsed, resolved, emitted. */
@NullMarked
package io.rosbalena.compose;

import org.jspecify.annotations.NullMarked;
