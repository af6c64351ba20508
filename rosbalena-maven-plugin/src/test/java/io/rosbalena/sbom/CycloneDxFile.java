package io.rosbalena.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.cyclonedx.Version;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Dependency;
import org.cyclonedx.parsers.JsonParser;

/** A document as CycloneDX's own library reads it. */
public final class CycloneDxFile {
    private CycloneDxFile() {}

    /** Reads a document, and fails if it breaks its schema, a package URL is malformed or a reference leads nowhere. */
    public static org.cyclonedx.model.Bom read(byte[] document) throws IOException {
        JsonParser parser = new JsonParser();
        List<ParseException> faults = parser.validate(document, Version.VERSION_16);
        assertThat(faults).isEmpty();
        org.cyclonedx.model.Bom bom;
        try {
            bom = parser.parse(document);
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
        List<Component> components = new ArrayList<>(bom.getComponents());
        components.add(bom.getMetadata().getComponent());
        for (Component one : components) {
            if (one.getType() != Component.Type.OPERATING_SYSTEM) {
                purl(one);
            }
        }
        Set<String> refs = components.stream().map(Component::getBomRef).collect(Collectors.toCollection(TreeSet::new));
        assertThat(refs).hasSameSizeAs(components);
        for (Dependency one : bom.getDependencies()) {
            assertThat(refs).contains(one.getRef());
            assertThat(refs).containsAll(needs(bom, one.getRef()));
        }
        return bom;
    }

    private static void purl(Component component) {
        try {
            assertThat(new PackageURL(component.getPurl()).getName()).isNotEmpty();
        } catch (MalformedPackageURLException e) {
            throw new AssertionError(component.getPurl(), e);
        }
    }

    /** The component of this name. */
    public static Component component(org.cyclonedx.model.Bom bom, String name) {
        List<Component> found = bom.getComponents().stream()
                .filter(one -> one.getName().equals(name))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    /** What a component depends on, by references. */
    public static List<String> needs(org.cyclonedx.model.Bom bom, String ref) {
        return bom.getDependencies().stream()
                .filter(one -> one.getRef().equals(ref) && one.getDependencies() != null)
                .flatMap(one -> one.getDependencies().stream())
                .map(Dependency::getRef)
                .toList();
    }
}
