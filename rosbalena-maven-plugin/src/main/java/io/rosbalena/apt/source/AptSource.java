package io.rosbalena.apt.source;

import io.rosbalena.finding.Finding;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One enabled entry of a source file ({@code sources.list(5)}) for binary packages.
 *
 * @param file where it stands
 * @param line its line in {@code file}, from 1
 * @param uris roots of the archive, each ending with a slash
 * @param suites names below {@code dists}, or, ending with a slash, folders of a flat archive
 * @param components for example {@code main}; none for a flat archive
 * @param architectures those that it is for; all when empty
 * @param exceptArchitectures those that it is not for
 * @param keyring who may sign it
 * @param trusted whether the entry asks to trust it without a signature
 * @param validity for how long its Release files are believed
 * @param thirdParties whether it may be passed over with a note when it is of neither Debian nor Ubuntu: so for what a
 *     machine happens to have configured
 */
public record AptSource(
        String file,
        int line,
        List<URI> uris,
        List<String> suites,
        List<String> components,
        List<String> architectures,
        List<String> exceptArchitectures,
        Keyring keyring,
        boolean trusted,
        Validity validity,
        ThirdParties thirdParties) {

    /** What happens to an archive that is not the distribution's own. */
    public enum ThirdParties {
        /** The user named the source: it is used, and must be there. */
        USE,
        /** The source was found on the machine: it is passed over with a note. */
        SKIP
    }

    public AptSource {
        uris = List.copyOf(uris);
        suites = List.copyOf(suites);
        components = List.copyOf(components);
        architectures = List.copyOf(architectures);
        exceptArchitectures = List.copyOf(exceptArchitectures);
    }

    /** The same source, where archives that change all the time are believed no longer than this. */
    public AptSource withMaxIndexAge(Duration age) {
        return new AptSource(
                file,
                line,
                uris,
                suites,
                components,
                architectures,
                exceptArchitectures,
                keyring,
                trusted,
                new Validity(validity.checked(), validity.atLeast(), validity.atMost(), Optional.of(age)),
                thirdParties);
    }

    /** Whether packages of an architecture are looked for here. */
    public boolean serves(String architecture) {
        return (architectures.isEmpty() || architectures.contains(architecture))
                && !exceptArchitectures.contains(architecture);
    }

    /** Whether a suite of this source is a folder of packages without {@code dists}. */
    public static boolean isFlat(String suite) {
        return suite.endsWith("/");
    }

    /** A finding placed at this source's line. */
    public Finding place(Finding finding) {
        return finding.at(file, line);
    }
}
