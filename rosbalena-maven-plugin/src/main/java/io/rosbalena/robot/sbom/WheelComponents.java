package io.rosbalena.robot.sbom;

import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.wheel.WheelRelations;
import io.rosbalena.sbom.Component;
import io.rosbalena.sbom.LicenseClaim;
import io.rosbalena.sbom.PackageUrl;
import io.rosbalena.sbom.SpdxLicenses;
import io.rosbalena.store.BlobStore;
import io.rosbalena.wheel.layout.WheelMetadata;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Python wheels as components. */
final class WheelComponents {
    private final WheelRelations relations;
    private final BlobStore store;

    /** @param store holds the wheels */
    WheelComponents(WheelRelations relations, BlobStore store) {
        this.relations = relations;
        this.store = store;
    }

    /** Adds the wheels of an image, and what they need of each other without the extras that somebody asked for. */
    void addTo(Parts parts, List<LockedWheel> wheels) throws IOException {
        for (LockedWheel one : wheels) {
            parts.add(Parts.Kind.WHEEL, one.name(), component(one), false);
        }
        relations.needs(wheels, Map.of()).forEach(need -> parts.need(Parts.Kind.WHEEL, need.by(), need.project()));
    }

    private Component component(LockedWheel one) throws IOException {
        Set<LicenseClaim> licenses = new LinkedHashSet<>();
        WheelMetadata.read(store.path(one.sha256()), one.filename())
                .licenses()
                .forEach(text -> licenses.add(SpdxLicenses.stated(text)));
        SortedMap<String, String> properties = new TreeMap<>();
        one.source().ifPresent(source -> properties.put("rosbalena:source", source.filename() + " " + source.sha256()));
        return new Component(
                Component.Kind.LIBRARY,
                one.name(),
                one.version(),
                PackageUrl.of("pypi", one.name(), one.version()).toString(),
                Optional.of(one.sha256()),
                List.copyOf(licenses),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                properties);
    }
}
