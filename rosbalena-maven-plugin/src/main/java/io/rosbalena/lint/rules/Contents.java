package io.rosbalena.lint.rules;

import io.rosbalena.compose.RosImage;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is known to be in the image of a service.
 *
 * @param packages the packages of the workspace in it
 * @param system the Debian packages that it adds to its base; empty where no lock tells
 * @param base the Debian packages of its base
 */
public record Contents(SortedSet<String> packages, Optional<SortedSet<String>> system, Set<String> base) {
    public Contents {
        packages = Collections.unmodifiableSortedSet(new TreeSet<>(packages));
        base = Set.copyOf(base);
        system = system.map(names -> Collections.unmodifiableSortedSet(new TreeSet<>(names)));
    }

    /** A service of which only the packages of the workspace are known. */
    public static Contents unlocked(SortedSet<String> packages) {
        return new Contents(packages, Optional.empty(), Set.of());
    }

    /** Whether it takes part in ROS: it has a package of the workspace or one of a ROS distribution. */
    public boolean isRos() {
        return !packages.isEmpty()
                || system.stream().flatMap(SortedSet::stream).anyMatch(name -> name.startsWith("ros-"));
    }

    /** What of it decides how DDS is set up. */
    public RosImage image(Optional<String> rosDistro) {
        Set<String> names = new TreeSet<>(base);
        system.ifPresent(names::addAll);
        return RosImage.of(rosDistro, names);
    }
}
