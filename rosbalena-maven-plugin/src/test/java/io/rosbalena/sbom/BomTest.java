package io.rosbalena.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cyclonedx.model.Hash;
import org.junit.jupiter.api.Test;

class BomTest {
    private static final Optional<OperatingSystem> DEBIAN = Optional.of(new OperatingSystem("debian", "12"));

    private static Component component(String name, LicenseClaim... licenses) {
        return new Component(
                Component.Kind.LIBRARY,
                name,
                "1.0",
                PackageUrl.of("generic", name, "1.0").toString(),
                Optional.of(Digest.of(name)),
                List.of(licenses),
                Optional.of("Someone <a@example.org>"),
                Optional.of("\u0007 \"it\" \n is ünusual"),
                List.of(new Component.Reference("website", "https://example.org/?a=b#c")),
                new TreeMap<>(Map.of("rosbalena:x", "y")));
    }

    private static String purl(String name) {
        return "pkg:generic/" + name + "@1.0";
    }

    /** @param needs pairs */
    private static Bom bom(List<Component> components, List<String> wanted, String... needs) {
        SortedMap<String, SortedSet<String>> graph = new TreeMap<>();
        for (int i = 0; i < needs.length; i += 2) {
            graph.computeIfAbsent(purl(needs[i]), any -> new TreeSet<>()).add(purl(needs[i + 1]));
        }
        SortedSet<String> roots = new TreeSet<>();
        wanted.forEach(one -> roots.add(purl(one)));
        return Bom.of(component("image"), DEBIAN, components, roots, graph);
    }

    @Test
    void theLibraryOfCycloneDxReadsAllOfIt() throws IOException {
        org.cyclonedx.model.Bom read = CycloneDxFile.read(bom(
                        List.of(
                                component(
                                        "a",
                                        new LicenseClaim.Listed("MIT"),
                                        new LicenseClaim.Named("ours, \"really\"")),
                                component("b", new LicenseClaim.Expression("MIT OR ISC")),
                                component(
                                        "c",
                                        new LicenseClaim.Expression("MIT OR ISC"),
                                        new LicenseClaim.Listed("Zlib")),
                                component("d")),
                        List.of("a"),
                        "a",
                        "b")
                .cycloneDx());

        assertThat(read.getMetadata().getComponent().getName()).isEqualTo("image");
        assertThat(CycloneDxFile.component(read, "debian").getVersion()).isEqualTo("12");
        org.cyclonedx.model.Component a = CycloneDxFile.component(read, "a");
        assertThat(a.getDescription()).isEqualTo("\u0007 \"it\" \n is ünusual");
        assertThat(a.getSupplier().getName()).isEqualTo("Someone <a@example.org>");
        assertThat(a.getHashes())
                .containsExactly(new Hash(Hash.Algorithm.SHA_256, Digest.of("a").hex()));
        assertThat(a.getLicenses().getLicenses().get(0).getId()).isEqualTo("MIT");
        assertThat(a.getLicenses().getLicenses().get(1).getName()).isEqualTo("ours, \"really\"");
        assertThat(CycloneDxFile.component(read, "b")
                        .getLicenses()
                        .getExpression()
                        .getValue())
                .isEqualTo("MIT OR ISC");
        assertThat(CycloneDxFile.component(read, "c").getLicenses().getLicenses())
                .extracting(one -> one.getId() + " " + one.getName())
                .containsExactly("null MIT OR ISC", "Zlib null");
        assertThat(CycloneDxFile.component(read, "d").getLicenses()).isNull();
    }

    @Test
    void everyComponentIsReachedFromTheImage() throws IOException {
        org.cyclonedx.model.Bom read = CycloneDxFile.read(bom(
                        List.of(
                                component("wanted"),
                                component("needed"),
                                component("alone"),
                                component("round"),
                                component("about")),
                        List.of("wanted", "missing"),
                        "wanted",
                        "needed",
                        "wanted",
                        "gone",
                        "round",
                        "about",
                        "about",
                        "round")
                .cycloneDx());

        assertThat(CycloneDxFile.needs(read, purl("image")))
                .containsExactly(purl("about"), purl("alone"), purl("wanted"));
        assertThat(CycloneDxFile.needs(read, purl("wanted"))).containsExactly(purl("needed"));
        assertThat(read.getDependencies()).hasSize(6);
    }

    @Test
    void theSameListGivesTheSameBytesInAnyOrder() {
        List<Component> components = new ArrayList<>(List.of(component("a"), component("b"), component("c")));
        byte[] bytes = bom(components, List.of("a"), "a", "b").cycloneDx();
        Collections.reverse(components);
        assertThat(bom(components, List.of("a"), "a", "b").cycloneDx()).isEqualTo(bytes);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("timestamp");
        assertThat(serialNumber(bytes)).matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-.*");

        byte[] other = bom(components, List.of("a"), "a", "c").cycloneDx();
        assertThat(serialNumber(other)).isNotEqualTo(serialNumber(bytes));
    }

    private static String serialNumber(byte[] document) {
        return new String(document, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("serialNumber"))
                .map(line -> line.replaceAll(".*\"(urn:[^\"]*)\".*", "$1"))
                .findFirst()
                .orElseThrow();
    }
}
