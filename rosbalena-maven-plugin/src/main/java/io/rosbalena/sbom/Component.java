package io.rosbalena.sbom;

import io.rosbalena.store.Digest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing that an image holds, or the image itself.
 *
 * @param kind what it is
 * @param name as its own kind of packages names it
 * @param version likewise
 * @param purl package URL, by which scanners know it; others of the document refer to it by this
 * @param sha256 of the file that it was installed from, where there is one
 * @param licenses what its authors say
 * @param supplier who made it
 * @param description in a sentence
 * @param references where more is to be found
 * @param properties what CycloneDX has no word for
 */
public record Component(
        Kind kind,
        String name,
        String version,
        String purl,
        Optional<Digest> sha256,
        List<LicenseClaim> licenses,
        Optional<String> supplier,
        Optional<String> description,
        List<Reference> references,
        SortedMap<String, String> properties) {

    /** Kinds of CycloneDX. */
    public enum Kind {
        APPLICATION("application"),
        CONTAINER("container"),
        LIBRARY("library");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * A place on the web.
     *
     * @param type of CycloneDX, for example {@code issue-tracker}
     */
    public record Reference(String type, String url) {}

    public Component {
        licenses = List.copyOf(licenses);
        references = List.copyOf(references);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }
}
