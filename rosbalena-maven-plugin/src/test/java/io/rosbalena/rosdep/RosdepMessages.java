package io.rosbalena.rosdep;

import io.rosbalena.rosdep.Resolution.Missing;

/** The words of the rosdep command line for our reasons, to compare with what it really printed. */
final class RosdepMessages {
    private RosdepMessages() {}

    static String of(Missing missing, TargetOs os) {
        String key = missing.key();
        return switch (missing.reason()) {
            case UNKNOWN_KEY -> "Cannot locate rosdep definition for [" + key + "]";
            case NO_OS -> "No definition of [" + key + "] for OS [" + missing.subject() + "]";
            case NO_VERSION -> "No definition of [" + key + "] for OS version [" + missing.subject() + "]";
            case NOT_AVAILABLE ->
                "[" + key + "] defined as \"not available\" for OS version [" + missing.subject() + "]";
            case NO_PACKAGE_MANAGER ->
                "rosdep value under OS wildcard for [" + key + "] must specify a package manager";
            case NOT_A_RULE ->
                "rosdep OS definition for [" + key + ":" + os.name()
                        + "] must be a dictionary, string, or list: "
                        + missing.subject().replace("true", "True");
            case NOT_A_DEFINITION -> "rosdep data for [" + key + "] must be a dictionary";
            case NOT_A_PACKAGE_LIST -> "";
        };
    }
}
