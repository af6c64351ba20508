package io.rosbalena.lint.preflight;

import io.rosbalena.tree.FileTree;
import io.rosbalena.yaml.Position;
import java.util.Optional;

/**
 * Files of an image that the user answers for.
 *
 * @param packageName the package of the workspace that installs them; empty for files that the manifest names
 * @param place what findings point to: the package's manifest, or a line of the compose file
 * @param files as they stand in the image
 */
public record Part(Optional<String> packageName, Position place, FileTree files) {}
