package io.rosbalena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a class in a Java machine of its own, which has another locale. */
public final class JavaInLocale {
    private JavaInLocale() {}

    /** Skips the test where this Java machine cannot write the names that are tested. */
    public static void assumeUtf8() {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "skipped: this JVM has no UTF-8 locale");
    }

    /**
     * What a class prints, read as UTF-8.
     *
     * @param locale value of {@code LC_ALL}; {@code C} is that of a bare container
     * @param main the class with the method {@code main}
     * @param uses one class of each library and source folder that it needs
     */
    public static String run(String locale, Class<?> main, List<Class<?>> uses, String... arguments)
            throws IOException, InterruptedException {
        Stream<String> command = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Stream.concat(Stream.of(main), uses.stream())
                        .map(one -> URI.create(one.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .map(location -> Path.of(location).toString())
                        .distinct()
                        .collect(Collectors.joining(File.pathSeparator)),
                main.getName());
        ProcessBuilder java =
                new ProcessBuilder(Stream.concat(command, Stream.of(arguments)).toList());
        java.environment().put("LC_ALL", locale);
        java.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = java.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
