package io.rosbalena.rosdep;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Finds a distribution's files through the rosdistro index (REP-153). */
final class DistributionIndex {
    private final RosdepSource source;
    private final RuleTable table;

    DistributionIndex(RosdepSource source, RuleTable table) {
        this.source = source;
        this.table = table;
    }

    /**
     * The files of a distribution, in the order in which they count.
     *
     * @throws FindingException RB057 if the index does not know it, or names no usable file
     */
    List<RosdepSource> files(String distro) {
        YamlNode entry = table.find(distro)
                .orElseThrow(() -> FindingException.input(Finding.error(
                                "RB057", "the rosdistro index has no distribution \"" + distro + "\"")
                        .fix("it knows " + String.join(", ", table.keys()) + "; check rosDistro and rosdistroTag")
                        .at(source.name())));
        List<RosdepSource> files = new ArrayList<>();
        for (YamlNode.Text reference : references(entry)) {
            try {
                RosdepSource file = source.resolve(reference.value());
                // A file from the network must not make this machine read its own files.
                if (file.isLocal() && !source.isLocal()) {
                    throw unusable(distro, entry.line());
                }
                files.add(file);
            } catch (URISyntaxException | IllegalArgumentException e) {
                throw unusable(distro, reference.line());
            }
        }
        if (files.isEmpty()) {
            throw unusable(distro, entry.line());
        }
        return files;
    }

    private static List<YamlNode.Text> references(YamlNode entry) {
        List<YamlNode.Text> references = new ArrayList<>();
        if (entry instanceof YamlNode.Members members) {
            YamlNode files = members.map().get("distribution");
            if (files instanceof YamlNode.Text one) {
                references.add(one);
            } else if (files instanceof YamlNode.Items several) {
                for (YamlNode item : several.list()) {
                    if (item instanceof YamlNode.Text text) {
                        references.add(text);
                    }
                }
            }
        }
        return references;
    }

    private FindingException unusable(String distro, int line) {
        return FindingException.input(
                Finding.error("RB057", "the rosdistro index names no usable distribution file for " + distro)
                        .fix("its entry needs «distribution: [" + distro + "/distribution.yaml]»")
                        .at(source.name(), line));
    }
}
