package io.rosbalena.wheel.index;

import io.rosbalena.store.Digest;
import io.rosbalena.wheel.PythonVersion;
import io.rosbalena.wheel.VersionSpecifiers;
import java.net.URI;
import java.util.Optional;

/**
 * A file of a project that an index offers.
 *
 * @param project normalised name
 * @param version what the file's name says
 * @param filename the file's name
 * @param kind what the file is
 * @param uri where it is
 * @param sha256 its digest, as the index gives it
 * @param requiresPython the versions of Python that it is for; all of them, if the index says nothing
 * @param yanked whether its project took it back (PEP 592)
 * @param metadata digest of its metadata, where the index serves that alone, at {@code uri} and {@code .metadata} (PEP
 *     658)
 */
public record IndexFile(
        String project,
        PythonVersion version,
        String filename,
        Kind kind,
        URI uri,
        Digest sha256,
        VersionSpecifiers requiresPython,
        boolean yanked,
        Optional<Digest> metadata) {

    /** What an index offers. */
    public enum Kind {
        /** Ready to be laid out. */
        WHEEL,
        /** Sources, from which a wheel must be made. */
        SOURCE
    }

    /** Where its metadata is served alone. */
    public URI metadataUri() {
        String text = uri.toString();
        int end = text.indexOf('?');
        return URI.create(end < 0 ? text + ".metadata" : text.substring(0, end) + ".metadata" + text.substring(end));
    }
}
