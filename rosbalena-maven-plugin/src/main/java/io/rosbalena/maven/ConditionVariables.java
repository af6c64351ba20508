package io.rosbalena.maven;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the variables of conditions: one element for each in the POM, {@code NAME=VALUE} separated by commas on the
 * command line. Maven has no parameter that takes both, so the element is read here.
 */
final class ConditionVariables {
    private static final String ELEMENT = "<conditionVariables>";
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");
    /** What a condition takes for a name after {@code $} (REP-149). */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");

    private final Map<String, String> variables = new TreeMap<>();
    private final Findings findings = new Findings();

    private ConditionVariables() {}

    /**
     * The variables; elements in the POM win over a property.
     *
     * @param stated the parameter as Maven hands it over; its text may be an expression for a property
     * @param property looks a property up; {@code null} if nobody sets it
     * @throws FindingException RB736 with everything that is no variable
     */
    static Map<String, String> of(@Nullable PlexusConfiguration stated, UnaryOperator<@Nullable String> property) {
        ConditionVariables read = new ConditionVariables();
        if (stated != null && stated.getChildCount() > 0) {
            for (PlexusConfiguration element : stated.getChildren()) {
                read.element(element);
            }
        } else if (stated != null) {
            read.list(text(stated, property));
        }
        read.findings.throwIfErrors();
        return read.variables;
    }

    private static String text(PlexusConfiguration stated, UnaryOperator<@Nullable String> property) {
        String text = Optional.ofNullable(stated.getValue()).orElse("").strip();
        var expression = PROPERTY.matcher(text);
        return expression.matches()
                ? Optional.ofNullable(property.apply(expression.group(1))).orElse("")
                : text;
    }

    private void element(PlexusConfiguration element) {
        if (element.getChildCount() > 0) {
            refuse(ELEMENT + ": <" + element.getName() + "> holds elements, and a variable holds text");
            return;
        }
        add(
                element.getName(),
                Optional.ofNullable(element.getValue()).orElse("").strip());
    }

    private void list(String text) {
        for (String item : text.split(",", -1)) {
            int equals = item.indexOf('=');
            if (equals >= 0) {
                add(
                        item.substring(0, equals).strip(),
                        item.substring(equals + 1).strip());
            } else if (!item.isBlank()) {
                refuse("conditionVariables: \"" + item.strip() + "\" is not of the form NAME=VALUE");
            }
        }
    }

    private void add(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            refuse("conditionVariables: \"" + name + "\" is no name that a condition can read; it has letters of ASCII,"
                    + " digits and underscores");
        } else if (PROPERTY.matcher(value).find()) {
            refuse("conditionVariables: the value of " + name + " names a property that nobody sets: " + value);
        } else if (value.chars().anyMatch(Character::isISOControl)) {
            refuse("conditionVariables: the value of " + name + " has line breaks or other control characters");
        } else {
            String before = variables.put(name, value);
            if (before != null && !before.equals(value)) {
                refuse("conditionVariables: " + name + " has two values, \"" + before + "\" and \"" + value + "\"");
            }
        }
    }

    private void refuse(String message) {
        findings.add(Finding.error("RB736", message)
                .fix("write <conditionVariables><GZ_VERSION>harmonic</GZ_VERSION></conditionVariables> in pom.xml, or"
                        + " -Drosbalena.conditionVariables=GZ_VERSION=harmonic,OTHER=1"));
    }
}
