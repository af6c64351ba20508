package io.rosbalena.sbom;

import io.rosbalena.json.Json;
import io.rosbalena.store.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes CycloneDX 1.6 (ECMA-424) as JSON. There is no time in it, and no version of the plugin: it says what is in an
 * image, and changes only with that.
 */
final class CycloneDx {
    private static final int UUID_DIGITS = 32;

    private final Bom bom;

    CycloneDx(Bom bom) {
        this.bom = bom;
    }

    byte[] bytes() {
        Map<String, Object> document = document();
        document.put("serialNumber", serialNumber(Digest.of(Json.compact(document))));
        return Json.pretty(document);
    }

    private Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        document.put("bomFormat", "CycloneDX");
        document.put("specVersion", "1.6");
        // Its place is here in the usual order; the value follows from the rest.
        document.put("serialNumber", "");
        document.put("version", 1);
        Map<String, Object> tool = new LinkedHashMap<>();
        tool.put("type", "application");
        tool.put("group", "io.rosbalena");
        tool.put("name", "rosbalena-maven-plugin");
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("lifecycles", List.of(Map.of("phase", "build")));
        metadata.put("tools", Map.of("components", List.of(tool)));
        metadata.put("component", component(bom.image()));
        document.put("metadata", metadata);
        List<Object> components = new ArrayList<>();
        bom.system().ifPresent(system -> components.add(system(system)));
        bom.components().forEach(one -> components.add(component(one)));
        document.put("components", components);
        List<Object> dependencies = new ArrayList<>();
        bom.dependencies().forEach((from, to) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("ref", from);
            one.put("dependsOn", List.copyOf(to));
            dependencies.add(one);
        });
        document.put("dependencies", dependencies);
        return document;
    }

    /** A UUID made of a digest (RFC 9562, version 8). */
    private static String serialNumber(Digest digest) {
        StringBuilder hex = new StringBuilder(digest.hex().substring(0, UUID_DIGITS));
        hex.setCharAt(12, '8');
        hex.setCharAt(16, "89ab".charAt(Character.digit(hex.charAt(16), 16) & 3));
        for (int at : new int[] {20, 16, 12, 8}) {
            hex.insert(at, '-');
        }
        return "urn:uuid:" + hex;
    }

    /** Scanners know by it which list of vulnerabilities to search. */
    private static Map<String, Object> system(OperatingSystem system) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "operating-system");
        json.put("bom-ref", "os:" + system.distro());
        json.put("name", system.id());
        json.put("version", system.version());
        return json;
    }

    private static Map<String, Object> component(Component component) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", component.kind().word());
        json.put("bom-ref", component.purl());
        component.supplier().ifPresent(name -> json.put("supplier", Map.of("name", name)));
        json.put("name", component.name());
        json.put("version", component.version());
        component.description().ifPresent(text -> json.put("description", text));
        component.sha256().ifPresent(digest -> {
            Map<String, Object> hash = new LinkedHashMap<>();
            hash.put("alg", "SHA-256");
            hash.put("content", digest.hex());
            json.put("hashes", List.of(hash));
        });
        if (!component.licenses().isEmpty()) {
            json.put("licenses", licenses(component.licenses()));
        }
        json.put("purl", component.purl());
        if (!component.references().isEmpty()) {
            json.put(
                    "externalReferences",
                    component.references().stream().map(CycloneDx::reference).toList());
        }
        if (!component.properties().isEmpty()) {
            json.put("properties", properties(component.properties()));
        }
        return json;
    }

    /** An expression may only stand alone. */
    private static List<Object> licenses(List<LicenseClaim> claims) {
        if (claims.size() == 1 && claims.get(0) instanceof LicenseClaim.Expression) {
            return List.of(claim("expression", claims.get(0)));
        }
        List<Object> licenses = new ArrayList<>();
        for (LicenseClaim claim : claims) {
            licenses.add(Map.of("license", claim(claim instanceof LicenseClaim.Listed ? "id" : "name", claim)));
        }
        return licenses;
    }

    private static Map<String, Object> claim(String key, LicenseClaim claim) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(key, claim.text());
        json.put("acknowledgement", "declared");
        return json;
    }

    private static Map<String, Object> reference(Component.Reference reference) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", reference.type());
        json.put("url", reference.url());
        return json;
    }

    private static List<Object> properties(SortedMap<String, String> properties) {
        List<Object> list = new ArrayList<>();
        properties.forEach((name, value) -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", name);
            json.put("value", value);
            list.add(json);
        });
        return list;
    }
}
