package io.rosbalena.robot;

import io.rosbalena.compose.Service;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.OciLayout;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedImage;
import io.rosbalena.registry.ImageName;
import io.rosbalena.registry.RegistryFinding;
import io.rosbalena.registry.RegistryImages;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finished images that services run: pinned in the lock, copied byte for byte. */
final class ForeignImages {
    private final Robot robot;
    private final Surroundings surroundings;
    private final RegistryImages registry;

    ForeignImages(Robot robot, Surroundings surroundings) {
        this.robot = robot;
        this.surroundings = surroundings;
        this.registry = new RegistryImages(surroundings.registries());
    }

    /**
     * The digests of all images for all platforms: those of the lock where the reference is the same, else what the
     * registry says now.
     *
     * @throws FindingException with every image that cannot be had
     */
    SortedMap<String, LockedImage> lock(Optional<Lock> before) throws IOException {
        SortedMap<String, LockedImage> images = new TreeMap<>();
        Findings findings = new Findings();
        for (Service service : robot.compose().services().values()) {
            if (!service.isForeign()) {
                continue;
            }
            String reference = service.image().orElseThrow();
            Optional<LockedImage> known = before.map(lock -> lock.images().get(service.name()))
                    .filter(image -> image.ref().equals(reference));
            SortedMap<String, Digest> manifests = new TreeMap<>();
            for (Platform platform : robot.platforms()) {
                Optional<Digest> pinned = known.map(image -> image.manifests().get(platform.toString()));
                if (pinned.isPresent()) {
                    manifests.put(platform.toString(), pinned.get());
                } else {
                    resolve(service, ImageName.parse(reference), platform, findings)
                            .ifPresent(digest -> manifests.put(platform.toString(), digest));
                }
            }
            images.put(service.name(), new LockedImage(reference, manifests));
        }
        findings.throwIfErrors();
        return images;
    }

    private Optional<Digest> resolve(Service service, ImageName name, Platform platform, Findings findings) {
        try {
            return Optional.of(
                    registry.resolve(name, platform, surroundings.store()).digest());
        } catch (IOException e) {
            findings.add(service.places()
                    .of("image")
                    .place(RegistryFinding.of(name, e))
                    .inService(service.name()));
            return Optional.empty();
        }
    }

    /** Brings the locked images of a platform into the store. */
    List<OciLayout.Entry> fetch(Lock lock, Platform platform) throws IOException {
        List<OciLayout.Entry> entries = new ArrayList<>();
        for (Map.Entry<String, LockedImage> image : lock.images().entrySet()) {
            Digest manifest = image.getValue().manifests().get(platform.toString());
            if (manifest == null) {
                throw new IllegalStateException("the lock has no image of " + image.getKey() + " for " + platform);
            }
            ImageName name = ImageName.parse(image.getValue().ref());
            try {
                registry.fetch(name.at(manifest), manifest, surroundings.store(), surroundings.console());
            } catch (IOException e) {
                throw FindingException.environment(RegistryFinding.of(name, e).inService(image.getKey()), e);
            }
            entries.add(new OciLayout.Entry(image.getKey(), platform, manifest));
        }
        return entries;
    }
}
