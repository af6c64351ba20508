package io.rosbalena.maven;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.finding.Spelling;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.maven.model.InputLocation;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * What a project and a command line say to this plugin in words that it does not know. Maven passes over such words in
 * silence, and takes everything that is not {@code true} for {@code false}.
 */
final class UnknownParameters {
    private static final String PREFIX = "rosbalena.";

    // The types of the parameters of all goals: an element of the plugin is read by each goal that has it.
    private final SortedMap<String, String> elements = new TreeMap<>();
    private final SortedMap<String, String> properties = new TreeMap<>();
    private final Findings findings = new Findings();

    private UnknownParameters(PluginDescriptor plugin) {
        for (MojoDescriptor goal : plugin.getMojos()) {
            for (Parameter parameter : goal.getParameters()) {
                elements.put(parameter.getName(), parameter.getType());
                String expression = parameter.getExpression();
                if (expression != null && expression.startsWith("${" + PREFIX)) {
                    properties.put(expression.substring(2, expression.length() - 1), parameter.getType());
                }
            }
        }
    }

    /**
     * A finding about each: RB753 an element or property that no goal has (a warning), RB754 neither true nor false (an
     * error).
     *
     * @param user properties of the command line
     */
    static Findings find(MavenProject project, Properties user, PluginDescriptor plugin) {
        UnknownParameters unknown = new UnknownParameters(plugin);
        for (Plugin one : project.getBuildPlugins()) {
            if (one.getKey().equals(plugin.getPluginLookupKey())) {
                unknown.checkElements(one.getConfiguration());
                one.getExecutions().stream()
                        .map(PluginExecution::getConfiguration)
                        .forEach(unknown::checkElements);
            }
        }
        unknown.checkPom(project.getProperties());
        unknown.checkCommandLine(user);
        return unknown.findings;
    }

    private void checkElements(@Nullable Object configuration) {
        if (configuration instanceof Xpp3Dom dom) {
            for (Xpp3Dom element : dom.getChildren()) {
                int line = element.getInputLocation() instanceof InputLocation place ? place.getLineNumber() : 0;
                checkElement(element).ifPresent(finding -> findings.add(finding.at("pom.xml", Math.max(0, line))));
            }
        }
    }

    private Optional<Finding> checkElement(Xpp3Dom element) {
        String name = element.getName();
        if (elements.containsKey(name)) {
            return wrong("<" + name + ">", elements.get(name), element.getValue());
        }
        Optional<String> near = Spelling.nearest(name, elements.keySet());
        return Optional.of(unknown("<" + name + ">", near.map(word -> "<" + word + ">")));
    }

    /** A property of the POM may have any name; it is told only where one of ours was probably meant. */
    private void checkPom(Properties stated) {
        for (String name : ours(stated)) {
            Optional<Finding> finding = properties.containsKey(name)
                    ? wrong("<" + name + ">", properties.get(name), stated.getProperty(name))
                    : nearest(name).map(word -> unknown("<" + name + ">", Optional.of("<" + word + ">")));
            finding.map(one -> one.at("pom.xml")).ifPresent(findings::add);
        }
    }

    private void checkCommandLine(Properties stated) {
        for (String name : ours(stated)) {
            if (properties.containsKey(name)) {
                wrong("-D" + name, properties.get(name), stated.getProperty(name))
                        .ifPresent(findings::add);
            } else {
                findings.add(unknown("-D" + name, nearest(name).map(word -> "-D" + word)));
            }
        }
    }

    private static Set<String> ours(Properties stated) {
        Set<String> names = new TreeSet<>(stated.stringPropertyNames());
        names.removeIf(name -> !name.startsWith(PREFIX));
        return names;
    }

    private Optional<String> nearest(String property) {
        Set<String> words = new TreeSet<>();
        properties.keySet().forEach(name -> words.add(name.substring(PREFIX.length())));
        return Spelling.nearest(property.substring(PREFIX.length()), words).map(PREFIX::concat);
    }

    private static Finding unknown(String said, Optional<String> near) {
        return Finding.warning("RB753", "no goal of this plugin knows " + said + ", so it has no effect")
                .fix(near.map(word -> "did you mean " + word + "? ").orElse("")
                        + "mvn rosbalena:help -Ddetail -Dgoal=build lists the parameters");
    }

    private static Optional<Finding> wrong(String said, @Nullable String type, @Nullable String value) {
        boolean understood = !"boolean".equals(type)
                || value == null
                || value.isBlank()
                || value.contains("${")
                || value.strip().equalsIgnoreCase("true")
                || value.strip().equalsIgnoreCase("false");
        return understood
                ? Optional.empty()
                : Optional.of(Finding.error("RB754", said + " is neither true nor false: " + value)
                        .fix("write true or false"));
    }
}
