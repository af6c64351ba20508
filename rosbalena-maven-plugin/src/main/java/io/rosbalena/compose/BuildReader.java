package io.rosbalena.compose;

import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.Map;
import java.util.Optional;

/** {@code build} of a service: its folder counts; options that speak to a Dockerfile are named and left aside. */
final class BuildReader {
    private static final Map<String, String> ASIDE = Map.of(
            "dockerfile", "the image is made from the ROS packages of the folder",
            "target", "there are no build stages",
            "args", "set variables under environment:, build settings in the POM",
            "cache_from", "results are reused by what they are made from",
            "labels", "write labels of the service itself",
            "shm_size", "set the memory of the build in the POM",
            "extra_hosts", "nothing is fetched while compiling");

    private BuildReader() {}

    static Optional<Build> read(YamlNode node, Reading reading) {
        YamlNode context = node;
        Optional<String> dockerfile = Optional.empty();
        if (node instanceof YamlMap map) {
            context = map.find("context").orElse(new YamlScalar(".", true, node.position(), ""));
            dockerfile = map.find("dockerfile")
                    .flatMap(value -> reading.text(value, "dockerfile", "dockerfile: Dockerfile"));
            map.members().forEach((key, member) -> option(key, member, reading));
        }
        Optional<String> text = reading.text(context, "build", "build: ./src/perception");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> folder = ProjectFolder.resolve(".", text.get());
        if (folder.isEmpty() || text.get().contains("://") || text.get().endsWith(".git")) {
            reading.report(
                    ComposeRule.WRONG_VALUE,
                    context.position(),
                    "build names a folder of the project, not " + context.describe(),
                    "write build: ./src/perception");
            return Optional.empty();
        }
        return Optional.of(new Build(folder.get(), dockerfile));
    }

    private static void option(String key, YamlMap.Member member, Reading reading) {
        if (key.equals("context") || key.startsWith("x-")) {
            return;
        }
        String aside = ASIDE.get(key);
        if (aside == null) {
            reading.report(
                    ComposeRule.REFUSED_FIELD, member.key(), "build." + key + " has no meaning here", "remove it");
        } else {
            reading.report(ComposeRule.BUILD_OPTION, member.key(), "build." + key + " is not used: " + aside, "");
        }
    }
}
