package io.rosbalena.robot.base;

import io.rosbalena.compose.Service;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.ImageMirror;
import io.rosbalena.image.ManifestSource;
import io.rosbalena.image.OciLayout;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedImage;
import io.rosbalena.registry.ImageName;
import io.rosbalena.registry.RegistrySource;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Finished images that services run: pinned in the lock, copied byte for byte. */
public final class ForeignImages {
    private final Robot robot;
    private final Surroundings surroundings;
    private final ImageMirror mirror;

    /** For the services of a robot whose manifest names an image. */
    public ForeignImages(Robot robot, Surroundings surroundings) {
        this.robot = robot;
        this.surroundings = surroundings;
        this.mirror = new ImageMirror(surroundings.store());
    }

    /**
     * The digests of all images for all platforms: those of the lock where the reference is the same, else what the
     * registry says now.
     *
     * @throws FindingException with every image that cannot be had
     */
    public SortedMap<String, LockedImage> lock(Optional<Lock> before) throws IOException {
        SortedMap<String, LockedImage> images = new TreeMap<>();
        List<FindingException> refused = new ArrayList<>();
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
                    resolve(service, reference, platform, refused)
                            .ifPresent(digest -> manifests.put(platform.toString(), digest));
                }
            }
            images.put(service.name(), new LockedImage(reference, manifests));
        }
        if (!refused.isEmpty()) {
            throw all(refused);
        }
        return images;
    }

    private Optional<Digest> resolve(
            Service service, String reference, Platform platform, List<FindingException> refused) throws IOException {
        try (ManifestSource source = source(ImageName.parse(reference))) {
            return Optional.of(mirror.resolve(source, platform));
        } catch (FindingException e) {
            refused.add(of(e, finding -> service.places().of("image").place(finding.inService(service.name()))));
            return Optional.empty();
        }
    }

    /** One exception for all; it is the user's to mend if one of them is. */
    private static FindingException all(List<FindingException> refused) {
        Findings findings = new Findings();
        refused.forEach(one -> findings.addAll(one.findings()));
        FindingException first = refused.stream()
                .filter(one -> one.kind() == FindingException.Kind.INPUT)
                .findFirst()
                .orElse(refused.get(0));
        return new FindingException(first.kind(), findings.all(), first);
    }

    private static FindingException of(FindingException e, UnaryOperator<Finding> place) {
        return new FindingException(e.kind(), e.findings().stream().map(place).toList(), e);
    }

    private ManifestSource source(ImageName name) {
        return new CachedSource(
                new RegistrySource(surroundings.registries(), name, surroundings.store()), name.digest(), surroundings);
    }

    /** Brings the locked images of a platform into the store. */
    public List<OciLayout.Entry> fetch(Lock lock, Platform platform) throws IOException {
        List<OciLayout.Entry> entries = new ArrayList<>();
        for (Map.Entry<String, LockedImage> image : lock.images().entrySet()) {
            Digest manifest = image.getValue().manifests().get(platform.toString());
            if (manifest == null) {
                throw new IllegalStateException("the lock has no image of " + image.getKey() + " for " + platform);
            }
            ImageName name = ImageName.parse(image.getValue().ref()).at(manifest);
            try (ManifestSource source = source(name)) {
                mirror.fetch(source, manifest, surroundings.console());
            } catch (FindingException e) {
                throw of(e, finding -> finding.inService(image.getKey()));
            }
            entries.add(new OciLayout.Entry(image.getKey(), platform, manifest));
        }
        return entries;
    }
}
