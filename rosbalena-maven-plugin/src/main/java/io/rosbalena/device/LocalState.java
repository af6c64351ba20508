package io.rosbalena.device;

import java.util.List;

/**
 * How far the Supervisor is.
 *
 * @param applied whether it has nothing to do any more
 * @param containers of the services
 */
public record LocalState(boolean applied, List<Container> containers) {
    public LocalState {
        containers = List.copyOf(containers);
    }

    /**
     * The container of a service.
     *
     * @param service its name
     * @param id of the container
     * @param status in the Supervisor's words: {@code Running}, {@code Installing}, {@code exited}, …
     */
    public record Container(String service, String id, String status) {}
}
