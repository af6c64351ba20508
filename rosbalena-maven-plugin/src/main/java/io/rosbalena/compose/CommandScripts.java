package io.rosbalena.compose;

import io.rosbalena.finding.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes the dollars out of a model: commands that hold one become scripts of the image; elsewhere a dollar is a finding.
 *
 * @param model the model without dollars
 * @param scripts what the images of the services must hold
 */
public record CommandScripts(ComposeModel model, List<ImageFile> scripts) {
    private static final String FOLDER = "/ros2_ws/scripts/";

    public CommandScripts {
        scripts = List.copyOf(scripts);
    }

    /** The model without dollars, and its scripts. */
    public static CommandScripts of(ComposeModel model, Findings findings) {
        List<ImageFile> scripts = new ArrayList<>();
        ComposeModel changed = model.map(service -> of(service, scripts, findings));
        return new CommandScripts(changed, scripts);
    }

    private static Service of(Service service, List<ImageFile> scripts, Findings findings) {
        Service changed = service;
        for (String field : List.of("entrypoint", "command")) {
            List<String> arguments = service.texts(field);
            if (hasDollar(arguments) && !service.isForeign()) {
                ImageFile script = script(service, field, execute(arguments), scripts, findings);
                changed = changed.with(field, FieldValue.texts(List.of(script.path())));
            }
        }
        if (service.fields().get("healthcheck") instanceof FieldValue.Mapping healthcheck
                && healthcheck.members().get("test") instanceof FieldValue.Sequence test
                && hasDollar(test.texts())
                && !service.isForeign()) {
            List<String> texts = test.texts();
            String body =
                    texts.get(0).equals("CMD-SHELL") ? texts.get(1) + "\n" : execute(texts.subList(1, texts.size()));
            ImageFile script = script(service, "healthcheck", body, scripts, findings);
            SortedMap<String, FieldValue> members = new TreeMap<>(healthcheck.members());
            members.put("test", FieldValue.texts(List.of("CMD", script.path())));
            changed = changed.with("healthcheck", new FieldValue.Mapping(members));
        }
        for (var field : changed.fields().entrySet()) {
            refuse(changed, field.getKey(), field.getValue(), findings);
        }
        return changed;
    }

    private static ImageFile script(
            Service service, String field, String body, List<ImageFile> scripts, Findings findings) {
        ImageFile script = new ImageFile(service.name(), FOLDER + field, 0755, "#!/bin/sh\n" + body);
        scripts.add(script);
        findings.add(ComposeRule.CHANGED_VALUE
                .finding(
                        service.places().of(field),
                        field + " holds a $ and becomes the script " + script.path() + " of the image",
                        "to keep it out of the image, put the script into a package")
                .inService(service.name()));
        return script;
    }

    private static String execute(List<String> arguments) {
        StringBuilder line = new StringBuilder("exec");
        arguments.forEach(argument ->
                line.append(" '").append(argument.replace("'", "'\\''")).append('\''));
        return line.append(" \"$@\"\n").toString();
    }

    private static void refuse(Service service, String path, FieldValue value, Findings findings) {
        if (value instanceof FieldValue.Mapping mapping) {
            mapping.members().forEach((name, member) -> {
                refuse(service, path + "." + name, new FieldValue.Text(name), findings);
                refuse(service, path + "." + name, member, findings);
            });
        } else if (value instanceof FieldValue.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                refuse(service, path + "[" + i + "]", sequence.items().get(i), findings);
            }
        } else if (value instanceof FieldValue.Text text && text.text().indexOf('$') >= 0) {
            boolean foreign =
                    path.startsWith("command") || path.startsWith("entrypoint") || path.startsWith("healthcheck");
            findings.add(ComposeRule.LITERAL_DOLLAR
                    .finding(
                            service.places().of(path),
                            path + " holds a literal $, which some of balena's tools replace and others keep",
                            foreign
                                    ? "the image is a finished one, so no script can be put into it; avoid the $"
                                    : "set it as a variable of the fleet, or read it from a file of x-rosbalena.files")
                    .inService(service.name()));
        }
    }

    private static boolean hasDollar(List<String> texts) {
        return texts.stream().anyMatch(text -> text.indexOf('$') >= 0);
    }
}
