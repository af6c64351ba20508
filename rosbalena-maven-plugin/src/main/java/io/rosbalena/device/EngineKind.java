package io.rosbalena.device;

/**
 * What an engine is.
 *
 * @param name for messages, with its version
 * @param architecture of its containers, in Go's words: {@code amd64}, {@code arm64}
 * @param podman whether it is podman, which looks for short names in other places than docker
 * @param takesParts whether images are loaded whose layers are there already and not in the archive
 */
public record EngineKind(String name, String architecture, boolean podman, boolean takesParts) {}
