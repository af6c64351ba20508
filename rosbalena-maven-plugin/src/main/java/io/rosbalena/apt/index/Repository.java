package io.rosbalena.apt.index;

import io.rosbalena.apt.source.AptSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One suite at one place: what {@code apt update} would print a line for.
 *
 * @param source the entry that names it
 * @param root the archive's root, ending with a slash
 * @param suite as the source names it
 */
record Repository(AptSource source, URI root, String suite) {

    /** All suites of the sources that serve an architecture; {@code $(ARCH)} in a suite stands for it. */
    static List<Repository> of(List<AptSource> sources, String architecture) {
        List<Repository> repositories = new ArrayList<>();
        for (AptSource source : sources) {
            if (source.serves(architecture)) {
                for (URI uri : source.uris()) {
                    for (String suite : source.suites()) {
                        repositories.add(new Repository(source, uri, suite.replace("$(ARCH)", architecture)));
                    }
                }
            }
        }
        return repositories;
    }

    /** The components to read; a flat archive has one without name. */
    List<String> components() {
        return AptSource.isFlat(suite) ? List.of("") : source.components();
    }

    /** Where a file of this suite lies; the path is the suite's own, not yet encoded. */
    URI file(String path) {
        String folder = AptSource.isFlat(suite) ? suite : "dists/" + suite + "/";
        return below(root, folder + path);
    }

    /** Where a path below an archive's root lies, with everything encoded that a URI path cannot hold as it is. */
    static URI below(URI root, String path) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~/+:@,=!$&'()*;".indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        String base = root.toString();
        return URI.create(base + encoded.toString().replaceFirst("^(\\./)+", ""));
    }

    /** Root and suite, for messages. */
    @Override
    public String toString() {
        return root + " " + suite;
    }
}
