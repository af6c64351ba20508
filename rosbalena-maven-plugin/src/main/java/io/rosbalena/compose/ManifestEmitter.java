package io.rosbalena.compose;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes the resolved manifest: version 2.4, fields in normal form and in the order of their names, LF. The same meaning
 * gives the same bytes, and the bytes parse to the same model.
 */
public final class ManifestEmitter {
    private static final String VERSION = "2.4";

    private ManifestEmitter() {}

    /**
     * The manifest of a model without dollars (see {@link CommandScripts}).
     *
     * @param images the reference of each service's image, by service
     * @throws IllegalArgumentException if a service has no image, or a dollar is left: both are the caller's mistakes
     */
    public static byte[] emit(ComposeModel model, Map<String, String> images) {
        return emit(model, images, Map.of());
    }

    /**
     * The same for a project whose images somebody else builds.
     *
     * @param images the reference of each service's image, for those that are not built
     * @param dockerfiles the Dockerfile of each service that is, in the folder of the manifest
     */
    public static byte[] emit(ComposeModel model, Map<String, String> images, Map<String, String> dockerfiles) {
        YamlWriter writer = new YamlWriter().member(0, "version", new FieldValue.Text(VERSION));
        if (!model.networks().isEmpty()) {
            writer.member(0, "networks", new FieldValue.Mapping(new TreeMap<>(model.networks())));
        }
        writer.open(0, "services");
        model.services().forEach((name, service) -> {
            writer.open(1, name);
            Optional<String> dockerfile = Optional.ofNullable(dockerfiles.get(name));
            if (dockerfile.isPresent()) {
                writer.member(2, "build", FieldValue.texts(Map.of("context", ".", "dockerfile", dockerfile.get())));
            } else {
                String image = Optional.ofNullable(images.get(name))
                        .orElseThrow(() -> new IllegalArgumentException("no image for the service " + name));
                writer.member(2, "image", new FieldValue.Text(image));
            }
            service.fields().forEach((field, value) -> writer.member(2, field, shortest(field, value)));
        });
        if (!model.volumes().isEmpty()) {
            SortedMap<String, FieldValue> volumes = new TreeMap<>();
            model.volumes().forEach(name -> volumes.put(name, new FieldValue.Mapping(new TreeMap<>())));
            writer.member(0, "volumes", new FieldValue.Mapping(volumes));
        }
        String text = writer.toString();
        if (text.indexOf('$') >= 0) {
            throw new IllegalArgumentException("a literal $ is left in the manifest");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The reference of a service's image.
     *
     * @param project a name for all images of the project
     * @param digest {@code sha256:…} of the image's manifest
     */
    public static String reference(String project, String service, String digest) {
        return repository(project, service) + "@" + digest;
    }

    /** The same without the digest. */
    public static String repository(String project, String service) {
        return path(project) + "/" + path(service);
    }

    /** A path component as image references allow it: lower-case letters and digits with single separators between. */
    private static String path(String name) {
        String path = name.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._-]", "-")
                .replaceAll("([._-])[._-]+", "$1")
                .replaceAll("^[._-]+|[._-]+$", "");
        return path.isEmpty() ? "project" : path;
    }

    /** Networks without aliases or addresses are written as a list of names. */
    private static FieldValue shortest(String field, FieldValue value) {
        boolean plain = field.equals("networks")
                && value instanceof FieldValue.Mapping networks
                && networks.members().values().stream()
                        .allMatch(network -> network instanceof FieldValue.Mapping fields
                                && fields.members().isEmpty());
        return plain ? FieldValue.texts(((FieldValue.Mapping) value).members().keySet()) : value;
    }
}
