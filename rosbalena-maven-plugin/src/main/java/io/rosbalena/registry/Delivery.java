package io.rosbalena.registry;

import io.rosbalena.image.Descriptor;
import io.rosbalena.store.Digest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An image that is being pushed, and which of its blobs came how. Safe for several threads. */
final class Delivery {
    private final OutgoingImage image;
    private final Scope scope;
    private final Map<Digest, Upload.Outcome> outcomes = new ConcurrentHashMap<>();

    Delivery(OutgoingImage image, Scope scope) {
        this.image = image;
        this.scope = scope;
    }

    OutgoingImage image() {
        return image;
    }

    Scope scope() {
        return scope;
    }

    String repository() {
        return image.order().repository();
    }

    boolean lacks(Descriptor blob) {
        return !outcomes.containsKey(blob.digest());
    }

    void came(Descriptor blob, Upload.Outcome outcome) {
        outcomes.put(blob.digest(), outcome);
    }

    PushedImage result() {
        PushedImage result = PushedImage.nothing(image.order());
        for (Descriptor blob : image.blobs()) {
            Upload.Outcome outcome = outcomes.get(blob.digest());
            result = outcome == null ? result : result.with(outcome, blob.size());
        }
        return result;
    }
}
