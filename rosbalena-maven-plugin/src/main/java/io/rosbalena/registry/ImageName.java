package io.rosbalena.registry;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.Digest;
import java.util.Optional;

/**
 * Where an image is in a registry.
 *
 * @param host host and, where stated, port
 * @param repository for example {@code library/ros}
 * @param tag for example {@code humble-ros-core}
 * @param digest of a manifest; if it is there, the tag does not count
 */
public record ImageName(String host, String repository, Optional<String> tag, Optional<Digest> digest) {
    public ImageName {
        if (tag.isEmpty() && digest.isEmpty()) {
            throw new IllegalArgumentException("an image name needs a tag or a digest: " + host + "/" + repository);
        }
    }

    /**
     * Reads a reference as people write it; without host it is Docker Hub's, without tag {@code latest}.
     *
     * @throws FindingException of kind INPUT (RB510) if it is none
     */
    public static ImageName parse(String reference) {
        try {
            ImageReference parsed = ImageReference.parse(reference);
            Optional<Digest> digest = parsed.getDigest().map(Digest::parse);
            return new ImageName(parsed.getRegistry(), parsed.getRepository(), parsed.getTag(), digest);
        } catch (InvalidImageReferenceException | IllegalArgumentException e) {
            throw FindingException.input(
                    Finding.error("RB510", "\"" + reference + "\" is no reference of an image")
                            .fix(
                                    "write [host[:port]/]repository[:tag][@sha256:…] in lower case, for example ros:humble-ros-core"));
        }
    }

    /** What names the manifest in the repository: the digest, else the tag. */
    public String selector() {
        return digest.map(Digest::toString).or(() -> tag).orElseThrow();
    }

    /** The same image by the digest of a manifest. */
    public ImageName at(Digest manifest) {
        return new ImageName(host, repository, tag, Optional.of(manifest));
    }

    @Override
    public String toString() {
        return host + "/" + repository + tag.map(name -> ":" + name).orElse("")
                + digest.map(value -> "@" + value).orElse("");
    }
}
