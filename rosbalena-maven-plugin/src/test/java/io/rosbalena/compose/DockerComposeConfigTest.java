package io.rosbalena.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docker-compose config} (Debian's 1.29) makes of the manifests that are emitted. */
class DockerComposeConfigTest {
    private record Configured(ComposeInput input, String output) {}

    private static final FieldValue DEFAULT =
            new FieldValue.Mapping(new TreeMap<>(Map.of("default", new FieldValue.Mapping(new TreeMap<>()))));

    @Test
    void everyManifestIsTakenWithTheSameMeaning(@TempDir Path folder) throws IOException {
        RealTool.require("docker-compose");
        List<Configured> all = ComposeInput.all().parallelStream()
                .map(input -> new Configured(input, config(folder, input)))
                .toList();

        for (Configured one : all) {
            ComposeModel model = one.input().resolved();
            // Version 2 says so for a service whose network another one uses.
            Composed told = Composed.of(one.output().replace("        restart: true\n", ""));
            assertThat(told.findings()).as(one.input().toString()).noneMatch(line -> line.contains(": error "));
            assertThat(told.model().services().keySet())
                    .isEqualTo(model.services().keySet());
            told.model().services().forEach((name, service) -> {
                assertThat(spread(service)).as(one.input() + " " + name).isEqualTo(spread(model.service(name)));
                assertThat(service.image()).contains(ComposeInput.image(name));
            });
            assertThat(declared(told.model())).as(one.input().toString()).isEqualTo(declared(model));
            assertThat(told.model().volumes()).as(one.input().toString()).isEqualTo(model.volumes());
        }
    }

    /**
     * The fields of a service with each port of a range by itself, as this tool writes them; without the network that it
     * is in anyway, which only version 2 writes, and without what is off, which only version 1 writes.
     */
    private static Map<String, FieldValue> spread(Service service) {
        Map<String, FieldValue> fields = new TreeMap<>(spreadPorts(service));
        if (DEFAULT.equals(fields.get("networks"))) {
            fields.remove("networks");
        }
        fields.values().removeIf(new FieldValue.Flag(false)::equals);
        service.text("network_mode")
                .filter(mode -> mode.startsWith("service:"))
                .map(mode -> FieldValue.texts(List.of(mode.substring("service:".length()))))
                .ifPresent(only -> fields.remove("depends_on", only));
        return fields;
    }

    private static Map<String, FieldValue.Mapping> declared(ComposeModel model) {
        Map<String, FieldValue.Mapping> networks = new TreeMap<>(model.networks());
        networks.remove("default", new FieldValue.Mapping(new TreeMap<>()));
        return networks;
    }

    private static Map<String, FieldValue> spreadPorts(Service service) {
        if (service.ports().isEmpty()) {
            return service.fields();
        }
        Set<String> ports = new TreeSet<>();
        for (PortMapping port : service.ports()) {
            for (int i = 0; i <= port.to() - port.from(); i++) {
                int host = port.hostFrom() + i;
                int inside = port.from() + i;
                ports.add(new PortMapping(port.address(), host, host, inside, inside, port.protocol()).print());
            }
        }
        return service.with("ports", FieldValue.texts(ports)).fields();
    }

    private static String config(Path folder, ComposeInput input) {
        try {
            Path manifest = Files.writeString(folder.resolve(input.toString()), input.manifest());
            return RealTool.run(folder, "docker-compose", "--file", manifest.toString(), "config");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
