package io.rosbalena.compose;

import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The environment and the labels of a service: first the files that it names, in their order, then what it states. A
 * variable without value takes the one that interpolation knows.
 */
record EnvironmentReader(ProjectFolder project, Interpolation interpolation, SecretValues secrets) {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9.-]+");
    private static final int LONGEST_LABEL = 300;
    private static final int LONGEST_VARIABLE = 100_000;

    /**
     * Variables by name, without those that are secret.
     *
     * @param hidden the names of these
     */
    Map<String, String> environment(YamlMap service, Collection<String> hidden, Reading reading) {
        Map<String, YamlScalar> pairs = new TreeMap<>();
        service.find("env_file").ifPresent(files -> files("env_file", files, pairs, reading));
        service.find("environment")
                .ifPresent(node -> ListTypes.pairs("environment", node, reading, "=")
                        .forEach((name, scalar) ->
                                pairs.put(name, hidden.contains(name) ? scalar : known(name, scalar, reading))));
        for (String name : hidden) {
            Optional.ofNullable(pairs.remove(name)).ifPresent(scalar -> secrets.add(reading.service(), name, scalar));
        }
        pairs.forEach((name, scalar) -> {
            if (!VARIABLE.matcher(name).matches()) {
                reading.report(
                        ComposeRule.WRONG_VALUE,
                        scalar.position(),
                        "\"" + name + "\" is no name of a variable",
                        "use letters, digits and _, and no digit first");
            }
            if (scalar.text().length() > LONGEST_VARIABLE) {
                reading.report(
                        ComposeRule.WRONG_VALUE,
                        scalar.position(),
                        "the value of " + name + " is longer than 100,000 characters, which balena refuses",
                        "put it into a file with x-rosbalena.files");
            }
            ambiguous(name, scalar, reading);
            blankEnds(name, scalar, reading);
        });
        return ListTypes.texts(pairs);
    }

    /** Labels by name. */
    Map<String, String> labels(YamlMap service, Reading reading) {
        Map<String, YamlScalar> pairs = new TreeMap<>();
        service.find("label_file").ifPresent(files -> files("label_file", files, pairs, reading));
        service.find("labels").ifPresent(node -> pairs.putAll(ListTypes.pairs("labels", node, reading, "=")));
        pairs.forEach((name, scalar) -> {
            if (!LABEL.matcher(name).matches()) {
                reading.report(
                        ComposeRule.LABEL,
                        scalar.position(),
                        "\"" + name + "\" is no name of a label on balena",
                        "use letters, digits, dots and dashes");
            }
            ContractLabels.check(name, scalar.text())
                    .ifPresent(wish -> reading.report(
                            ComposeRule.LABEL,
                            scalar.position(),
                            "the label " + name + " " + wish + ", not " + scalar.describe(),
                            "correct the value; without it every device takes the service"));
            if (scalar.text().length() > LONGEST_LABEL) {
                reading.report(
                        ComposeRule.LABEL,
                        scalar.position(),
                        "the value of the label " + name + " is longer than 300 characters",
                        "shorten it, or use an environment variable");
            }
            blankEnds(name, scalar, reading);
        });
        return ListTypes.texts(pairs);
    }

    private YamlScalar known(String name, YamlScalar scalar, Reading reading) {
        if (!scalar.isNull() || Interpolation.isRefused(scalar)) {
            return scalar;
        }
        Optional<String> value = interpolation.lookUp(name);
        if (value.isEmpty()) {
            reading.report(
                    ComposeRule.UNSET_VARIABLE,
                    scalar.position(),
                    name + " has no value here, and no variable of this name is set; it will be empty",
                    "write " + name + ": \"value\", or remove it and set it as a variable of the fleet");
        }
        return new YamlScalar(value.orElse(""), false, scalar.position(), "");
    }

    /**
     * Balena's command line up to 24 strips the values of variables and labels; what we emit keeps them. The line end
     * that every block of lines has in YAML is nobody's wish.
     */
    private static void blankEnds(String name, YamlScalar scalar, Reading reading) {
        String text = scalar.text().replaceFirst("\\n$", "");
        if (!text.equals(text.strip())) {
            reading.report(
                    ComposeRule.BLANK_ENDS,
                    scalar.position(),
                    "the value of " + name + " begins or ends with a blank, which some of balena's tools cut off",
                    "remove it, or let the program do without");
        }
    }

    /** Other readers of YAML make a number or truth value of it, and write that in another way. */
    private static void ambiguous(String name, YamlScalar scalar, Reading reading) {
        String text = scalar.text();
        boolean number = scalar.looksNumeric() && !text.matches("-?(0|[1-9][0-9]{0,14})(\\.[0-9]*[1-9])?");
        if (number || scalar.truth().isPresent()) {
            reading.report(
                    ComposeRule.AMBIGUOUS_SCALAR,
                    scalar.position(),
                    name + " is " + text + " without quotes; other tools refuse it or write it in another way",
                    "write " + name + ": \"" + text + "\"");
        }
    }

    private void files(String field, YamlNode node, Map<String, YamlScalar> pairs, Reading reading) {
        List<YamlNode> items = node instanceof YamlList list ? list.items() : List.of(node);
        for (YamlNode item : items) {
            YamlNode path = item instanceof YamlMap map ? map.find("path").orElse(item) : item;
            boolean required = !(item instanceof YamlMap map
                    && map.find("required").orElse(item) instanceof YamlScalar flag
                    && flag.text().equals("false"));
            reading.text(path, field, field + ": robot.env")
                    .ifPresent(name -> file(field, name, path, required, pairs, reading));
        }
    }

    private void file(
            String field, String name, YamlNode at, boolean required, Map<String, YamlScalar> pairs, Reading reading) {
        Optional<String> file = ProjectFolder.resolve(".", name);
        if (file.isEmpty()) {
            reading.report(
                    ComposeRule.MISSING_FILE,
                    at.position(),
                    field + " " + name + " leaves the project",
                    "name a file inside the project, relative to the compose file");
            return;
        }
        try {
            String text = new String(project.read(file.get()), StandardCharsets.UTF_8);
            pairs.putAll(DotEnv.parse(file.get(), text, interpolation, reading));
        } catch (IOException e) {
            if (required) {
                reading.report(
                        ComposeRule.MISSING_FILE,
                        at.position(),
                        field + " cannot be read: " + e.getMessage(),
                        "create the file, or write {path: " + name + ", required: false}");
            }
        }
    }
}
