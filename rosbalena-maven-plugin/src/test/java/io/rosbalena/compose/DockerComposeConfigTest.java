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
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docker-compose config} (Debian's 1.29) makes of the manifests that are emitted. */
class DockerComposeConfigTest {
    private record Configured(ComposeInput input, String output) {}

    @Test
    void everyManifestIsTakenWithTheSameMeaning(@TempDir Path folder) throws IOException {
        RealTool.require("docker-compose");
        List<Configured> all = ComposeInput.all().parallelStream()
                .map(input -> new Configured(input, config(folder, input)))
                .toList();

        for (Configured one : all) {
            ComposeModel model = one.input().resolved();
            Composed told = Composed.of(one.output());
            assertThat(told.findings()).as(one.input().toString()).noneMatch(line -> line.contains(": error "));
            assertThat(told.model().services().keySet())
                    .isEqualTo(model.services().keySet());
            told.model().services().forEach((name, service) -> {
                assertThat(spread(service)).as(one.input() + " " + name).isEqualTo(spread(model.service(name)));
                assertThat(service.image()).contains(ComposeInput.image(name));
            });
            assertThat(told.model().networks()).as(one.input().toString()).isEqualTo(model.networks());
            assertThat(told.model().volumes()).as(one.input().toString()).isEqualTo(model.volumes());
        }
    }

    /** The fields of a service with each port of a range by itself, as this tool writes them. */
    private static Map<String, FieldValue> spread(Service service) {
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
