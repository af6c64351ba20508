package io.rosbalena.maven;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.codehaus.plexus.configuration.PlexusConfigurationException;

/** The plugin's descriptor as it stands in its jar. */
final class Descriptor {
    private Descriptor() {}

    static PluginDescriptor read() throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Descriptor.class.getResourceAsStream("/META-INF/maven/plugin.xml")),
                StandardCharsets.UTF_8)) {
            return new PluginDescriptorBuilder().build(reader);
        } catch (PlexusConfigurationException e) {
            throw new IOException(e);
        }
    }
}
