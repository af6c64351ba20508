package io.rosbalena.robot.exporting;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedArchive;
import io.rosbalena.lock.LockedBase;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.base.Base;
import io.rosbalena.store.Digest;
import java.util.Locale;
import java.util.Optional;

/** What a Dockerfile begins with. */
final class ExportBase {
    private static final String EXAMPLE = "-Drosbalena.dockerfile.base=debian:bookworm-slim@sha256:…";

    private ExportBase() {}

    /**
     * The reference of an image that builders can fetch.
     *
     * @param findings gets RB188 if it is not pinned
     * @throws FindingException RB188 if there is none
     */
    static String of(LockedPlatform locked, Lock lock, Optional<String> asked, Findings findings) {
        if (asked.isPresent()) {
            if (!asked.get().contains("@sha256:")) {
                findings.add(unpinned(asked.get()));
            }
            return asked.get();
        }
        LockedBase base = locked.base();
        if (base.from().equals(Base.APT)) {
            String image = distribution(lock)
                    .orElseThrow(() -> FindingException.input(
                            Finding.error("RB188", "no archive of the lock is Debian's or Ubuntu's own")
                                    .at("rosbalena.lock")
                                    .fix("say what Dockerfiles begin with: " + EXAMPLE)));
            findings.add(unpinned(image));
            return image;
        }
        if (base.from().startsWith("oci:") || base.from().startsWith("tar:")) {
            throw FindingException.input(
                    Finding.error("RB188", "the base " + base.from() + " is a file, which builders do not have")
                            .at("pom.xml")
                            .fix("push it to a registry and say where it is: " + EXAMPLE));
        }
        String reference =
                base.from().startsWith("registry:") ? base.from().substring("registry:".length()) : base.from();
        return pinned(
                reference, base.manifest().orElseThrow(() -> new IllegalStateException("the base has no manifest")));
    }

    /** A reference as somebody wrote it, with the digest that was locked. */
    static String pinned(String reference, Digest manifest) {
        int at = reference.indexOf('@');
        return (at < 0 ? reference : reference.substring(0, at)) + "@" + manifest;
    }

    private static Finding unpinned(String image) {
        return Finding.warning(
                        "RB188",
                        "Dockerfiles begin with " + image
                                + ", which no digest pins: the same lock may give other images")
                .at("pom.xml")
                .fix("pin it: " + EXAMPLE);
    }

    /** A base of packages alone stands on none: the nearest is what the distribution publishes. */
    private static Optional<String> distribution(Lock lock) {
        for (LockedArchive archive : lock.archives().values()) {
            String suite = archive.suite();
            if (archive.origin().equalsIgnoreCase("debian") && suite.matches("[a-z]+")) {
                return Optional.of("debian:" + suite + "-slim");
            }
            if (archive.origin().equalsIgnoreCase("ubuntu") && suite.matches("[a-z]+")) {
                return Optional.of("ubuntu:" + suite.toLowerCase(Locale.ROOT));
            }
        }
        return Optional.empty();
    }
}
