package io.rosbalena.image;

import java.util.Set;

/** The media types that images are made of: those of OCI image-spec {@code media-types.md}, and Docker's for reading. */
public final class MediaType {
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    public static final String LAYER_TAR = "application/vnd.oci.image.layer.v1.tar";
    public static final String LAYER_GZIP = LAYER_TAR + "+gzip";
    public static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    private static final Set<String> INDEXES = Set.of(INDEX, DOCKER_LIST);
    private static final Set<String> MANIFESTS = Set.of(MANIFEST, DOCKER_MANIFEST);

    private MediaType() {}

    /** Whether this names a list of manifests for several platforms. */
    public static boolean isIndex(String type) {
        return INDEXES.contains(type);
    }

    /** Whether this names the manifest of one image. */
    public static boolean isManifest(String type) {
        return MANIFESTS.contains(type);
    }
}
