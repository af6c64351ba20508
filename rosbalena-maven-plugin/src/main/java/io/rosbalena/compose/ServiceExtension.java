package io.rosbalena.compose;

import java.util.List;
import java.util.Optional;

/**
 * {@code x-rosbalena} of a service.
 *
 * @param packages the workspace packages of the service, instead of those below {@code build}
 * @param apt system packages beyond those that the workspace packages ask for
 * @param files what is copied into the last layer
 * @param hardware words of {@link HardwareWord}
 * @param secrets variables of the environment whose values stand in no manifest
 */
public record ServiceExtension(
        Optional<List<String>> packages,
        List<String> apt,
        List<FileCopy> files,
        List<String> hardware,
        List<String> secrets) {
    /** Nothing stated. */
    public static final ServiceExtension NONE =
            new ServiceExtension(Optional.empty(), List.of(), List.of(), List.of(), List.of());

    public ServiceExtension {
        packages = packages.map(List::copyOf);
        apt = List.copyOf(apt);
        files = List.copyOf(files);
        hardware = List.copyOf(hardware);
        secrets = List.copyOf(secrets);
    }
}
