package io.rosbalena.lint.report;

import io.rosbalena.finding.Finding;
import io.rosbalena.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings as JSON: {@code {"schema": 1, "findings": […]}}, each as {@code build.json} has them. */
public final class FindingsJson {
    private FindingsJson() {}

    /** A document of its own. */
    public static byte[] write(List<Finding> findings) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("findings", list(findings));
        return Json.pretty(document);
    }

    /** The findings as a part of a document. */
    public static List<Map<String, Object>> list(List<Finding> findings) {
        return findings.stream().map(FindingsJson::finding).toList();
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", finding.id());
        json.put("severity", finding.severity().word());
        json.put("message", finding.message());
        finding.fix().ifPresent(fix -> json.put("fix", fix));
        finding.file().ifPresent(file -> json.put("file", file));
        if (finding.line() > 0) {
            json.put("line", finding.line());
        }
        if (finding.column() > 0) {
            json.put("column", finding.column());
        }
        finding.service().ifPresent(service -> json.put("service", service));
        finding.packageName().ifPresent(name -> json.put("package", name));
        return json;
    }
}
