package io.rosbalena.robot.publishing;

import java.util.List;
import java.util.SortedMap;

/**
 * What stands in a bundle for the person who installs it. It depends on the bundle alone, not on when or by whom it was
 * made.
 *
 * @param project its name
 * @param version its version
 * @param file the bundle's name
 * @param images the name that an engine gives to the image of each service
 */
record BundleText(String project, String version, String file, SortedMap<String, String> images) {
    /** The commands that install it, in the folder in which it lies. */
    List<String> commands() {
        return List.of(
                "docker load -i " + file,
                "tar -xf " + file + " docker-compose.yml",
                "docker compose -p " + name() + " up -d");
    }

    /** The text. */
    String readme() {
        StringBuilder text = new StringBuilder(project + " " + version + ": container images and manifest\n\n");
        text.append("Install it on a robot without network, in the folder in which this file lies:\n\n");
        commands().forEach(command -> text.append("    ").append(command).append('\n'));
        text.append(
                        "\nWith podman write podman and podman-compose in place of docker and docker compose, with an old\n")
                .append("docker compose docker-compose. The same commands install a later version: what has not\n")
                .append("changed runs on.\n\n")
                .append(
                        "On balenaOS the engine is called balena-engine: the first command puts the images there. Which\n")
                .append("services run is then said by the Supervisor, not by docker compose.\n\n")
                .append("Images:\n\n");
        images.forEach((service, image) ->
                text.append("    ").append(service).append(": ").append(image).append('\n'));
        return text.toString();
    }

    /** Projects of docker compose have small letters, digits, hyphens and underscores. */
    private String name() {
        String name = project.toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9_-]", "-")
                .replaceFirst("^[_-]+", "");
        return name.isEmpty() ? "robot" : name;
    }
}
