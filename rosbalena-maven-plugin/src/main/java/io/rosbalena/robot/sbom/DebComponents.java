package io.rosbalena.robot.sbom;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.Dependency;
import io.rosbalena.apt.PackageSet;
import io.rosbalena.lock.LockedArchive;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.sbom.Component;
import io.rosbalena.sbom.DebianLicenses;
import io.rosbalena.sbom.OperatingSystem;
import io.rosbalena.sbom.PackageUrl;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Debian packages as components. */
final class DebComponents {
    private final OperatingSystem system;
    private final SortedMap<String, LockedArchive> archives;

    /**
     * @param system the vendor of all packages of an image in their package URLs, wherever they come from: this is how
     *     scanners name what dpkg has installed, and dpkg's database does not tell more
     * @param archives of the lock
     */
    DebComponents(OperatingSystem system, SortedMap<String, LockedArchive> archives) {
        this.system = system;
        this.archives = archives;
    }

    /** Adds the packages of an image, and what they need of each other. */
    void addTo(Parts parts, List<ImageDeb> debs) {
        for (ImageDeb one : debs) {
            boolean wanted = one.locked().filter(locked -> !locked.auto()).isPresent();
            parts.add(Parts.Kind.DEB, one.name(), component(one), wanted);
        }
        List<Candidate> candidates = debs.stream().map(ImageDeb::candidate).toList();
        PackageSet set = new PackageSet(candidates);
        for (Candidate one : candidates) {
            Stream.concat(one.relations().preDepends().stream(), one.relations().depends().stream())
                    .flatMap(dependency -> meeting(set, dependency))
                    .forEach(other -> parts.need(Parts.Kind.DEB, one.name(), other.name()));
        }
    }

    private static Stream<Candidate> meeting(PackageSet set, Dependency dependency) {
        return dependency.alternatives().stream().map(set::meeting).flatMap(List::stream);
    }

    private Component component(ImageDeb deb) {
        Candidate one = deb.candidate();
        String version = one.version().toString();
        SortedMap<String, String> properties = new TreeMap<>();
        deb.locked()
                .flatMap(locked -> Optional.ofNullable(archives.get(locked.archive())))
                .ifPresent(archive -> properties.put("rosbalena:archive", name(archive)));
        return new Component(
                Component.Kind.LIBRARY,
                one.name(),
                version,
                PackageUrl.deb(
                                system.id(),
                                one.name(),
                                version,
                                one.architecture(),
                                system.distro(),
                                deb.stanza()
                                        .get("Source")
                                        .map(PackageUrl::upstream)
                                        .orElse(""))
                        .toString(),
                deb.locked().map(LockedPackage::sha256),
                DebianLicenses.claims(deb.licenses()),
                deb.stanza().get("Maintainer"),
                Optional.empty(),
                List.of(),
                properties);
    }

    /** Which archive it is, for a person. */
    static String name(LockedArchive archive) {
        return String.join(" ", archive.origin(), archive.suite(), archive.component())
                .strip();
    }
}
