package io.rosbalena.robot.publishing;

import io.rosbalena.finding.FindingException;
import io.rosbalena.image.MediaType;
import io.rosbalena.image.Platform;
import io.rosbalena.registry.ImageName;
import io.rosbalena.registry.ImagePush;
import io.rosbalena.registry.PushFinding;
import io.rosbalena.registry.PushOrder;
import io.rosbalena.registry.PushedImage;
import io.rosbalena.registry.Registry;
import io.rosbalena.robot.building.Building;
import io.rosbalena.robot.building.BuiltRobot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.ByteCount;
import io.rosbalena.robot.surroundings.SendingProgress;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Publishing: every service's image in a registry, as it stands in {@code target/rosbalena/images}. */
public final class Publishing {
    private final Destination destination;
    private final Surroundings surroundings;

    private Publishing(Destination destination, Surroundings surroundings) {
        this.destination = destination;
        this.surroundings = surroundings;
    }

    /**
     * Builds what is not built and pushes it. A robot for several platforms gets an index for each service, which names
     * the images; these are the same, byte for byte, as those of one platform would be.
     *
     * @param to {@code host[:port]/team/robot[:tag]}; the services' names are put behind, or for {@code {service}}
     * @return the references, by service, with the digest of what stands under the tag
     * @throws FindingException if the destination is none, or the registry or the network refuses
     */
    public static SortedMap<String, ImageName> push(
            RobotProject project, Optional<String> to, Surroundings surroundings)
            throws IOException, InterruptedException {
        Destination destination = Destination.parse(to, project.version());
        BuiltRobot built = Building.built(project, surroundings);
        SortedMap<String, SortedMap<String, Digest>> byService = byService(built);
        Publishing publishing = new Publishing(destination, surroundings);
        surroundings.console().stage("Pushing to " + destination.pattern());
        SortedMap<String, ImageName> pushed = publishing.push(byService);
        pushed.forEach((service, name) -> surroundings.console().message(name.toString()));
        return pushed;
    }

    private static SortedMap<String, SortedMap<String, Digest>> byService(BuiltRobot built) {
        SortedMap<String, SortedMap<String, Digest>> byService = new TreeMap<>();
        built.images()
                .forEach((platform, images) -> images.forEach((service, image) -> byService
                        .computeIfAbsent(service, name -> new TreeMap<>())
                        .put(platform.toString(), image)));
        return byService;
    }

    private SortedMap<String, ImageName> push(SortedMap<String, SortedMap<String, Digest>> images) throws IOException {
        SortedMap<String, ImageName> names = new TreeMap<>();
        images.keySet().forEach(service -> names.put(service, destination.of(service)));
        List<PushOrder> orders = new ArrayList<>();
        images.forEach((service, platforms) -> {
            ImageName name = name(names, service);
            boolean alone = platforms.size() == 1;
            platforms
                    .values()
                    .forEach(image -> orders.add(
                            PushOrder.of(name.repository(), image, alone ? destination.tag() : image.toString())));
        });
        ImageName any = names.values().iterator().next();
        try {
            Registry registry = surroundings.registries().at(any.host());
            ImagePush push = new ImagePush(registry, surroundings.store(), new SendingProgress(surroundings.console()));
            List<PushedImage> pushed = push.push(orders, image -> {});
            for (Map.Entry<String, SortedMap<String, Digest>> service : images.entrySet()) {
                ImageName name = name(names, service.getKey());
                names.put(service.getKey(), name.at(top(registry, name, service.getValue())));
            }
            surroundings.console().message(summary(pushed));
            return names;
        } catch (IOException e) {
            throw PushFinding.exception(any, e);
        }
    }

    private static ImageName name(Map<String, ImageName> names, String service) {
        return Optional.ofNullable(names.get(service)).orElseThrow();
    }

    /** What stands under the tag: the image, or an index of those for several platforms. */
    private Digest top(Registry registry, ImageName name, SortedMap<String, Digest> platforms) throws IOException {
        if (platforms.size() == 1) {
            return platforms.values().iterator().next();
        }
        Map<Platform, Digest> images = new LinkedHashMap<>();
        platforms.forEach((platform, image) -> images.put(Platform.parse(platform), image));
        BlobStore store = surroundings.store();
        byte[] index = PlatformIndex.bytes(images, store);
        return registry.putManifest(name.repository(), destination.tag(), MediaType.INDEX, index);
    }

    private static String summary(List<PushedImage> images) {
        int present = images.stream().mapToInt(image -> image.present().count()).sum();
        int mounted = images.stream().mapToInt(image -> image.mounted().count()).sum();
        int sent = images.stream().mapToInt(image -> image.sent().count()).sum();
        long bytes = images.stream().mapToLong(image -> image.sent().bytes()).sum();
        return "sent " + ByteCount.show(bytes) + " in " + sent + (sent == 1 ? " blob; " : " blobs; ") + present
                + " were there, " + mounted + " came from other repositories of the registry";
    }
}
