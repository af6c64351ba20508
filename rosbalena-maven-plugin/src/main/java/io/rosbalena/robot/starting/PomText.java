package io.rosbalena.robot.starting;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The text of a POM.
 *
 * @param groupId of the project
 * @param artifactId of the project
 * @param pluginVersion version of this plugin
 * @param configuration parameters, in the order in which they are written
 */
record PomText(String groupId, String artifactId, String pluginVersion, List<Map.Entry<String, String>> configuration) {
    PomText {
        configuration = List.copyOf(configuration);
    }

    /** A whole POM. */
    String pom() {
        return Template.read("pom.txt")
                .formatted(escaped(groupId), escaped(artifactId), plugin("        <extensions>true</extensions>\n"));
    }

    /** The plugin for a POM that is of another kind, where goals are bound one by one. */
    String snippet() {
        return plugin("""
                        <executions>
                          <execution>
                            <goals>
                              <goal>lint</goal>
                              <goal>build</goal>
                            </goals>
                          </execution>
                        </executions>
                """);
    }

    private String plugin(String middle) {
        return """
                      <plugin>
                        <groupId>io.rosbalena</groupId>
                        <artifactId>rosbalena-maven-plugin</artifactId>
                        <version>%s</version>
                %s        <configuration>
                %s        </configuration>
                      </plugin>
                """.formatted(
                        escaped(pluginVersion),
                        middle,
                        configuration.stream()
                                .map(one -> "          <" + one.getKey() + ">" + escaped(one.getValue()) + "</"
                                        + one.getKey() + ">\n")
                                .collect(Collectors.joining()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
