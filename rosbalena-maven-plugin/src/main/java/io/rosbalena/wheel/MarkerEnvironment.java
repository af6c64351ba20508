package io.rosbalena.wheel;

import java.util.Optional;

/**
 * The Python that markers are decided for: CPython on Linux (PEP 508, «Environment Markers»).
 *
 * @param pythonFullVersion for example {@code 3.11.2}
 * @param machine as {@code uname -m} says it
 */
public record MarkerEnvironment(String pythonFullVersion, String machine) {

    /**
     * The value of a variable; the spellings of PEP 345 are known, too. Release and version of the kernel are empty: an
     * image does not know on which one it will run.
     *
     * @return empty if there is no such variable
     */
    Optional<String> value(String variable) {
        return switch (variable) {
            case "os_name", "os.name" -> Optional.of("posix");
            case "sys_platform", "sys.platform" -> Optional.of("linux");
            case "platform_system" -> Optional.of("Linux");
            case "platform_machine", "platform.machine" -> Optional.of(machine);
            case "platform_release", "platform_version", "platform.version" -> Optional.of("");
            case "platform_python_implementation", "platform.python_implementation", "python_implementation" ->
                Optional.of("CPython");
            case "implementation_name" -> Optional.of("cpython");
            case "implementation_version", "python_full_version" -> Optional.of(pythonFullVersion);
            case "python_version" -> Optional.of(shortVersion());
            default -> Optional.empty();
        };
    }

    private String shortVersion() {
        String[] numbers = pythonFullVersion.split("\\.", 3);
        return numbers.length < 2 ? pythonFullVersion : numbers[0] + "." + numbers[1];
    }
}
