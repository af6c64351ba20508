package io.rosbalena.environment;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Applies the hooks of one package of a prefix to variables. */
final class PrefixEvaluation {
    private final FileView files;
    private final String prefix;
    private final Variables variables;
    private final Findings findings;
    private final Set<String> open = new LinkedHashSet<>();

    PrefixEvaluation(FileView files, String prefix, Variables variables, Findings findings) {
        this.files = files;
        this.prefix = prefix;
        this.variables = variables;
        this.findings = findings;
    }

    /** Applies a {@code .dsv} file: its own lines first, then each file that it sources, once for each base name. */
    void apply(String path, byte[] content) throws IOException {
        if (!open.add(path)) {
            findings.add(Finding.error("RB371", "this environment hook sources itself")
                    .fix("take the source line out of the package that installs it")
                    .at(path));
            return;
        }
        Map<String, Set<String>> sources = new LinkedHashMap<>();
        for (DsvLine line : DsvFile.parse(path, content, findings)) {
            if (line.type() == DsvLine.Type.SOURCE) {
                source(path, line, sources);
            } else {
                apply(path, line);
            }
        }
        for (Map.Entry<String, Set<String>> source : sources.entrySet()) {
            String base = inPrefix(source.getKey());
            Optional<byte[]> dsv = files.read(base + ".dsv");
            if (dsv.isPresent()) {
                apply(base + ".dsv", dsv.get());
            } else {
                scripts(base, source.getValue());
            }
        }
        open.remove(path);
    }

    /** Reports what bash would run for a base name: a shell script cannot be evaluated. */
    void scripts(String base, Set<String> extensions) {
        for (String extension : List.of("bash", "sh")) {
            String script = base + "." + extension;
            if (extensions.contains(extension) && files.isFile(script)) {
                if (!KnownHook.isHarmless(script)) {
                    findings.add(Finding.note(
                                    "RB372",
                                    "this environment hook is a shell script; what it would set is not applied")
                            .fix("if a service needs the variable, set it in the service's `environment`")
                            .at(script));
                }
                return;
            }
        }
    }

    private void source(String path, DsvLine line, Map<String, Set<String>> sources) {
        String name = line.name();
        int dot = name.lastIndexOf('.');
        if (dot <= name.lastIndexOf('/') + 1) {
            findings.add(Finding.error("RB370", "this line of an environment hook sources a file without extension")
                    .fix("mend the hook in the package that installs it, or the package's version")
                    .at(path, line.number()));
            return;
        }
        sources.computeIfAbsent(name.substring(0, dot), base -> new TreeSet<>()).add(name.substring(dot + 1));
    }

    private void apply(String path, DsvLine line) {
        for (String value : line.values()) {
            if (value.indexOf('$') >= 0 || value.indexOf('`') >= 0) {
                findings.add(Finding.warning(
                                "RB373",
                                "a shell would replace something in \"" + value + "\"; here it is taken as it stands")
                        .fix("set the variable in the service's `environment` if this is not what you want")
                        .at(path, line.number()));
            }
            String place = value.isEmpty() ? prefix : inPrefix(value);
            switch (line.type()) {
                case SET -> variables.set(line.name(), files.exists(place) ? place : value);
                case SET_IF_UNSET -> variables.setIfUnset(line.name(), files.exists(place) ? place : value);
                case PREPEND -> variables.prepend(line.name(), place);
                case PREPEND_IF_EXISTS -> {
                    if (files.exists(place)) {
                        variables.prepend(line.name(), place);
                    }
                }
                case APPEND -> variables.append(line.name(), place);
                case SOURCE -> throw new IllegalStateException("source lines are grouped before");
            }
        }
    }

    private String inPrefix(String path) {
        return path.startsWith("/") ? path : prefix + "/" + path;
    }
}
