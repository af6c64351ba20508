package io.rosbalena.robot.publishing;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.registry.ImageName;
import io.rosbalena.registry.Logins;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a robot's images go in a registry.
 *
 * @param pattern a reference without tag in which {@link #SERVICE} stands for the service
 * @param tag of every image
 */
record Destination(String pattern, String tag) {
    /** Stands for the name of the service; a destination without it gets it as a further part of its path. */
    static final String SERVICE = "{service}";

    /** OCI distribution-spec "Pulling manifests". */
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    /** A part of a repository's path there. */
    private static final Pattern PART = Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*");

    /**
     * Reads what a user wrote.
     *
     * @param text {@code host[:port]/team/robot[:tag]}
     * @param version of the project, the tag where none is written
     * @throws FindingException RB680 if nothing was written, RB681 if the tag is none, RB510 or RB682 if no service's
     *     image can go there
     */
    static Destination parse(Optional<String> text, String version) {
        if (text.isEmpty()) {
            throw FindingException.input(Finding.error("RB680", "where to push to was not said")
                    .fix("mvn rosbalena:push -Drosbalena.to=registry.example.com/team/robot"));
        }
        String written = text.get().replaceFirst("^(?:docker|https)://", "").replaceFirst("/+$", "");
        int colon = written.lastIndexOf(':');
        boolean tagged = colon > written.lastIndexOf('/') && written.indexOf('/') >= 0;
        String path = tagged ? written.substring(0, colon) : written;
        // A "+" is right in a version and wrong in a tag; Helm writes it in this way, too.
        String tag = tagged ? written.substring(colon + 1) : version.replace('+', '_');
        if (!TAG.matcher(tag).matches()) {
            throw FindingException.input(Finding.error("RB681", "\"" + tag + "\" is no tag of an image")
                    .fix("write a tag behind the repository: " + path + ":1.2.3"));
        }
        Destination destination = new Destination(path.contains(SERVICE) ? path : path + "/" + SERVICE, tag);
        // What no service's name can mend is told before anything is built.
        destination.of("main");
        return destination;
    }

    /**
     * The name of a service's image.
     *
     * @throws FindingException RB510 if it is no reference, RB682 if registries do not take it
     */
    ImageName of(String service) {
        if (!PART.matcher(service).matches()) {
            throw FindingException.input(Finding.error(
                            "RB682", "the service " + service + " cannot be the name of a repository")
                    .inService(service)
                    .fix("name it with small letters, digits and single dots, hyphens or underscores between them"));
        }
        ImageName name = ImageName.parse(pattern.replace(SERVICE, service) + ":" + tag);
        if (Logins.DOCKER_HUB.contains(name.host()) && name.repository().split("/", -1).length != 2) {
            throw FindingException.input(Finding.error(
                            "RB682",
                            "Docker Hub has repositories of the form NAMESPACE/NAME, and " + name.repository()
                                    + " is none")
                    .fix("name another registry with its host, or write -Drosbalena.to=docker.io/NAMESPACE/robot-"
                            + SERVICE));
        }
        return name;
    }
}
