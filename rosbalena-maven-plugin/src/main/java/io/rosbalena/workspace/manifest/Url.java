package io.rosbalena.workspace.manifest;

/** A link, whose type is {@code website} unless stated; neither is checked. */
public record Url(String url, String type) {}
