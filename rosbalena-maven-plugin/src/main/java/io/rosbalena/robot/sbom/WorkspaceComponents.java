package io.rosbalena.robot.sbom;

import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.sbom.Component;
import io.rosbalena.sbom.LicenseClaim;
import io.rosbalena.sbom.PackageUrl;
import io.rosbalena.sbom.SpdxLicenses;
import io.rosbalena.workspace.DependencyTypes;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.manifest.DependencyKind;
import io.rosbalena.workspace.manifest.PackageManifest;
import io.rosbalena.workspace.manifest.Url;
import io.rosbalena.workspace.source.SourceTree;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Packages of the workspace as components. No type of package URL is registered for ROS: they are {@code generic}. */
final class WorkspaceComponents {
    /** Types of links in {@code package.xml} (REP-149), as CycloneDX calls them. */
    private static final Map<String, String> TYPES =
            Map.of("website", "website", "bugtracker", "issue-tracker", "repository", "vcs");

    private final Robot robot;
    private final SortedMap<String, SourceTree> sources;

    /** @param sources of the packages that are compiled */
    WorkspaceComponents(Robot robot, SortedMap<String, SourceTree> sources) {
        this.robot = robot;
        this.sources = sources;
    }

    /** Adds the packages of a service's image, and what they need of each other. */
    void addTo(Parts parts, RobotService service) {
        for (String name : service.packages()) {
            RosPackage one = robot.workspace().find(name).orElseThrow();
            parts.add(Parts.Kind.WORKSPACE, name, component(one), service.own().contains(name));
            needs(robot, name).forEach(need -> parts.need(Parts.Kind.WORKSPACE, name, need));
        }
    }

    /** The packages of the workspace that one of them needs to run. */
    static SortedSet<String> needs(Robot robot, String name) {
        Set<DependencyKind> kinds = DependencyTypes.parse(
                        robot.project().rosdep().dependencyTypes())
                .kinds();
        return robot.workspace().needs(robot.workspace().find(name).orElseThrow(), kinds);
    }

    private Component component(RosPackage one) {
        Optional<PackageManifest> manifest = one.manifest();
        String version = manifest.map(PackageManifest::version).orElse("");
        SortedMap<String, String> properties = new TreeMap<>();
        Optional.ofNullable(sources.get(one.name()))
                .ifPresent(source ->
                        properties.put("rosbalena:source", source.digest().toString()));
        return new Component(
                Component.Kind.APPLICATION,
                one.name(),
                version,
                PackageUrl.of("generic", one.name(), version).toString(),
                Optional.empty(),
                manifest.map(WorkspaceComponents::licenses).orElse(List.of()),
                Optional.empty(),
                manifest.map(PackageManifest::plainDescription).filter(text -> !text.isEmpty()),
                manifest.map(WorkspaceComponents::references).orElse(List.of()),
                properties);
    }

    private static List<LicenseClaim> licenses(PackageManifest manifest) {
        Set<LicenseClaim> claims = new LinkedHashSet<>();
        manifest.licenses().forEach(license -> claims.add(SpdxLicenses.stated(license.name())));
        return List.copyOf(claims);
    }

    private static List<Component.Reference> references(PackageManifest manifest) {
        Set<Component.Reference> references = new LinkedHashSet<>();
        for (Url url : manifest.urls()) {
            if (isOnTheWeb(url.url())) {
                references.add(new Component.Reference(TYPES.getOrDefault(url.type(), "other"), url.url()));
            }
        }
        return List.copyOf(references);
    }

    /** CycloneDX demands valid addresses, {@code package.xml} does not. */
    private static boolean isOnTheWeb(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
