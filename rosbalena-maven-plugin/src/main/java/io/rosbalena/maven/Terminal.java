package io.rosbalena.maven;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terminal that somebody sits at. */
final class Terminal {
    /** What a terminal has had since punched cards. */
    static final int USUAL_COLUMNS = 80;

    private static final Pattern SIZE = Pattern.compile("[0-9]+ ([1-9][0-9]{0,4})\\s*");

    private Terminal() {}

    /** Whether this process talks to one that can move its cursor. */
    static boolean isThere() {
        return isConsole() && !"dumb".equals(System.getenv("TERM"));
    }

    /** From Java 22 on there is a console without a terminal, too, and a method to tell. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isConsole() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Its width now, as stty(1) tells it; 80 where that is not to be had. */
    static int columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                Matcher matcher = SIZE.matcher(size);
                boolean told = stty.waitFor(1, TimeUnit.SECONDS) && matcher.matches();
                return told ? Integer.parseInt(matcher.group(1)) : USUAL_COLUMNS;
            } finally {
                stty.destroyForcibly();
            }
        } catch (IOException e) {
            return USUAL_COLUMNS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_COLUMNS;
        }
    }
}
