package io.rosbalena.compose;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A compose text as tests read it: the model and the printed findings. */
record Composed(ComposeModel model, List<String> findings) {
    static Composed of(String text) {
        return of(text, Map.of());
    }

    static Composed of(String text, Map<String, String> variables) {
        Findings findings = new Findings();
        ComposeModel model =
                ComposeFile.parse("docker-compose.yml", text.getBytes(StandardCharsets.UTF_8), variables, findings);
        return new Composed(model, findings.all().stream().map(Finding::print).toList());
    }

    /** A file whose only service {@code a} has these lines. */
    static Composed service(String lines) {
        return of("services:\n  a:\n    build: ./src/a\n" + lines.indent(4) + "volumes:\n  data: {}\n");
    }

    Service a() {
        return model.service("a");
    }

    /** The findings but for the one about the volume that {@link #service} declares. */
    List<String> told() {
        return findings.stream().filter(line -> !line.contains("RB128")).toList();
    }
}
