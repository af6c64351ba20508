package io.rosbalena.maven;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The browser of who sits here. Nothing is said where there is none: whoever opens a page prints its address, too. */
final class Browser {
    private Browser() {}

    static void open(URI page) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        boolean windows = System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
        if (system.startsWith("mac")) {
            start(List.of("open", page.toString()));
        } else if (system.startsWith("windows")) {
            start(List.of("rundll32", "url.dll,FileProtocolHandler", page.toString()));
        } else if (windows) {
            start(List.of("xdg-open", page.toString()));
        }
    }

    private static void start(List<String> command) {
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // The address is printed.
            return;
        }
    }
}
