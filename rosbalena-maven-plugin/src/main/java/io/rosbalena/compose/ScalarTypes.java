package io.rosbalena.compose;

import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Fields of one text, number or truth value. */
final class ScalarTypes {
    static final FieldType TEXT = (field, node, reading) -> {
        Optional<String> text = reading.text(node, field, field + ": value");
        return text.map(FieldValue.Text::new);
    };

    static final FieldType FLAG = (field, node, reading) -> {
        if (node instanceof YamlScalar scalar) {
            Optional<Boolean> truth = new YamlScalar(scalar.text(), true, scalar.position(), "").truth();
            if (truth.isPresent()) {
                return truth.map(FieldValue.Flag::new);
            }
        }
        reading.wrong(node, field, "true or false", field + ": true");
        return Optional.empty();
    };

    static final FieldType SIZE = (field, node, reading) -> {
        Optional<String> size = node instanceof YamlScalar scalar
                ? ByteSize.parse(scalar.text()).map(ByteSize::print)
                : Optional.empty();
        if (size.isEmpty()) {
            reading.wrong(node, field, "a number of bytes with b, k, m or g behind it", field + ": 512m");
        }
        return size.map(FieldValue.Text::new);
    };

    static final FieldType DURATION = (field, node, reading) -> {
        Optional<String> duration = node instanceof YamlScalar scalar
                ? TimeSpan.parse(scalar.text()).map(TimeSpan::print)
                : Optional.empty();
        if (duration.isEmpty()) {
            reading.wrong(node, field, "a duration such as 90s or 1m30s", field + ": 30s");
        }
        return duration.map(FieldValue.Text::new);
    };

    /** {@code no}, {@code always}, {@code on-failure} and {@code unless-stopped}; the Supervisor knows no more. */
    static final FieldType RESTART = (field, node, reading) -> {
        String text = node instanceof YamlScalar scalar ? scalar.text().strip() : "";
        if (text.startsWith("on-failure:")) {
            reading.report(
                    ComposeRule.CHANGED_VALUE,
                    node.position(),
                    "the Supervisor takes " + text + " for always; the manifest says on-failure",
                    "write restart: on-failure");
            text = "on-failure";
        }
        if (List.of("no", "always", "on-failure", "unless-stopped").contains(text)) {
            return Optional.of(new FieldValue.Text(text));
        }
        reading.wrong(node, field, "no, always, on-failure or unless-stopped", field + ": unless-stopped");
        return Optional.empty();
    };

    /** The engine takes the names of signals in any case. */
    static final FieldType STOP_SIGNAL = (field, node, reading) -> {
        Optional<FieldValue> signal = pattern("(?i)(SIG)?[A-Z][A-Z0-9+-]*|[0-9]{1,2}", "a signal", "SIGINT")
                .read(field, node, reading);
        return signal.map(value -> value instanceof FieldValue.Text text
                ? new FieldValue.Text(text.text().toUpperCase(Locale.ROOT))
                : value);
    };

    static final FieldType CPUSET = pattern("[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*", "cores such as 0-2,4", "\"2,3\"");

    static final FieldType MAC_ADDRESS =
            pattern("([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}", "six pairs of hex digits", "02:42:ac:11:65:43");

    static final FieldType ABSOLUTE_PATH = pattern("/.*", "an absolute path", "/ros2_ws");

    /** At this score the kernel ends the Supervisor's own programs before the service. */
    private static final long BEFORE_THE_SUPERVISOR = -900;

    static final FieldType OOM_SCORE = (field, node, reading) -> {
        Optional<FieldValue> score = whole(-1000, 1000).read(field, node, reading);
        if (score.isPresent()
                && score.get() instanceof FieldValue.Whole whole
                && whole.value() <= BEFORE_THE_SUPERVISOR) {
            reading.report(
                    ComposeRule.OOM_SCORE,
                    node.position(),
                    "with oom_score_adj " + whole.value() + " the kernel ends the Supervisor and the engine before it"
                            + " ends the service",
                    "write -899 or more, and mem_limit where a service may grow");
        }
        return score;
    };

    private ScalarTypes() {}

    /** An integer from {@code least} to {@code most}. */
    static FieldType whole(long least, long most) {
        return (field, node, reading) -> {
            if (node instanceof YamlScalar scalar && scalar.text().strip().matches("[-+]?[0-9]{1,18}")) {
                long value = Long.parseLong(scalar.text().strip());
                if (value >= least && value <= most) {
                    return Optional.of(new FieldValue.Whole(value));
                }
            }
            String range = most == Long.MAX_VALUE ? least + " or more" : least + " to " + most;
            reading.wrong(node, field, "an integer, " + range, field + ": " + Math.max(least, 0));
            return Optional.empty();
        };
    }

    /** A text of a form. */
    static FieldType pattern(String regex, String wanted, String example) {
        Pattern pattern = Pattern.compile(regex);
        return (field, node, reading) -> {
            if (node instanceof YamlScalar scalar
                    && pattern.matcher(scalar.text()).matches()) {
                return Optional.of(new FieldValue.Text(scalar.text()));
            }
            reading.wrong(node, field, wanted, field + ": " + example);
            return Optional.empty();
        };
    }

    /** A namespace: one of {@code known}; other forms are refused with a sentence. */
    static FieldType namespace(List<String> known, String advice) {
        return (field, node, reading) -> {
            String text = scalar(node);
            if (known.contains(text) || (field.equals("network_mode") && text.matches("service:.+"))) {
                return Optional.of(new FieldValue.Text(text));
            }
            if (text.startsWith("container:") || text.startsWith("service:")) {
                reading.report(
                        ComposeRule.REFUSED_FIELD,
                        node.position(),
                        field + ": " + text + " does not work on balena",
                        advice);
            } else {
                reading.wrong(node, field, String.join(" or ", known), field + ": " + known.get(0));
            }
            return Optional.empty();
        };
    }

    private static String scalar(YamlNode node) {
        return node instanceof YamlScalar scalar ? scalar.text().strip() : "";
    }
}
