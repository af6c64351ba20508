package io.rosbalena.lint.report;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Severity;
import io.rosbalena.json.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Findings in the Static Analysis Results Interchange Format (OASIS SARIF 2.1.0), which editors and code hosts show at
 * the line that is meant. Paths are relative to the project, under the base {@code %SRCROOT%}.
 */
public final class Sarif {
    private static final String BASE = "%SRCROOT%";

    private Sarif() {}

    /** A log with one run. */
    public static byte[] write(List<Finding> findings) {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "rosbalena");
        driver.put(
                "rules",
                new TreeSet<>(findings.stream().map(Finding::id).toList())
                        .stream().map(id -> Map.of("id", id)).toList());
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        run.put("columnKind", "unicodeCodePoints");
        run.put("results", findings.stream().map(Sarif::result).toList());
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return Json.pretty(log);
    }

    private static Map<String, Object> result(Finding finding) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ruleId", finding.id());
        result.put("level", level(finding.severity()));
        String subject = finding.service()
                .map(name -> "service " + name + ": ")
                .or(() -> finding.packageName().map(name -> "package " + name + ": "))
                .orElse("");
        String fix = finding.fix().map(what -> "\n" + what).orElse("");
        result.put("message", Map.of("text", subject + finding.message() + fix));
        finding.file().ifPresent(file -> result.put("locations", List.of(location(finding, file))));
        return result;
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "note";
        };
    }

    private static Map<String, Object> location(Finding finding, String file) {
        Map<String, Object> artifact = new LinkedHashMap<>();
        artifact.put("uri", uri(file));
        if (!file.startsWith("/")) {
            artifact.put("uriBaseId", BASE);
        }
        Map<String, Object> physical = new LinkedHashMap<>();
        physical.put("artifactLocation", artifact);
        if (finding.line() > 0) {
            Map<String, Object> region = new LinkedHashMap<>();
            region.put("startLine", finding.line());
            if (finding.column() > 0) {
                region.put("startColumn", finding.column());
            }
            physical.put("region", region);
        }
        return Map.of("physicalLocation", physical);
    }

    private static String uri(String file) {
        try {
            return new URI(null, null, file, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
