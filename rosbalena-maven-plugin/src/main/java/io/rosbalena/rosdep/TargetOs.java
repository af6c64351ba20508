package io.rosbalena.rosdep;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operating system that keys are resolved for.
 *
 * @param name as rosdep spells it, for example {@code ubuntu}
 * @param codename the version as rules name it, for example {@code jammy}
 */
public record TargetOs(String name, String codename) {
    // Derivatives that rosdep treats as the distribution they are made from.
    private static final Map<String, String> ALIASES = Map.of(
            "elementary", "ubuntu",
            "linaro", "ubuntu",
            "pop", "ubuntu",
            "zorin", "ubuntu",
            "mx", "debian",
            "raspbian", "debian");

    private static final Map<String, List<String>> INSTALLERS = Map.of(
            "alpine", List.of("apk", "pip", "source"),
            "debian", List.of("apt", "pip", "gem", "npm", "source"),
            "fedora", List.of("pip", "dnf", "yum", "source"),
            "osx", List.of("homebrew", "macports", "pip", "source"),
            "rhel", List.of("pip", "dnf", "yum", "source"),
            "ubuntu", List.of("apt", "pip", "gem", "npm", "source"));

    private static final Map<String, String> DEFAULT_INSTALLERS = Map.of(
            "alpine", "apk",
            "debian", "apt",
            "fedora", "dnf",
            "osx", "homebrew",
            "rhel", "dnf",
            "ubuntu", "apt");

    public TargetOs {
        if (!INSTALLERS.containsKey(name)) {
            throw new IllegalArgumentException("no installers are known for the operating system " + name);
        }
        if (codename.isEmpty()) {
            throw new IllegalArgumentException("the codename of " + name + " is empty");
        }
    }

    /** The system that an {@code os-release(5)} file describes; empty if rosdep knows none like it. */
    public static Optional<TargetOs> of(Map<String, String> osRelease) {
        String id = osRelease.getOrDefault("ID", "");
        String name = ALIASES.getOrDefault(id, id);
        String codename = name.equals("ubuntu")
                ? osRelease.getOrDefault("UBUNTU_CODENAME", osRelease.getOrDefault("VERSION_CODENAME", ""))
                : osRelease.getOrDefault("VERSION_CODENAME", osRelease.getOrDefault("VERSION_ID", ""));
        return INSTALLERS.containsKey(name) && !codename.isEmpty()
                ? Optional.of(new TargetOs(name, codename))
                : Optional.empty();
    }

    /** Package managers of this system in the order in which a rule is searched for them. */
    List<String> installers() {
        return INSTALLERS.getOrDefault(name, List.of());
    }

    /** The package manager of rules that name none. */
    String defaultInstaller() {
        return defaultInstaller(name).orElseThrow();
    }

    static Optional<String> defaultInstaller(String name) {
        return Optional.ofNullable(DEFAULT_INSTALLERS.get(name));
    }

    @Override
    public String toString() {
        return name + " " + codename;
    }
}
