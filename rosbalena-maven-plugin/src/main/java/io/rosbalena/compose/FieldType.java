package io.rosbalena.compose;

import io.rosbalena.yaml.YamlNode;
import java.util.Optional;

/** How the value of a field is written, and its normal form. */
@FunctionalInterface
interface FieldType {
    /**
     * The normal form of a node; empty when there is nothing to say, or when the node was refused and reported.
     *
     * @param field the field's name, for messages
     */
    Optional<FieldValue> read(String field, YamlNode node, Reading reading);
}
