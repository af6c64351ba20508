package io.rosbalena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Asks the system's Python and its libraries what they make of something. */
public final class RealPython {
    public static final Path PROGRAM = Path.of("/usr/bin/python3");

    private RealPython() {}

    /** Skips the calling test where the system's Python or one of these modules of it is not installed. */
    public static void require(String... modules) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(PROGRAM), "skipped: python3 is not installed");
        for (String module : modules) {
            int status = new ProcessBuilder(PROGRAM.toString(), "-c", "import " + module)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            assumeTrue(status == 0, "skipped: " + PROGRAM + " has no module " + module);
        }
    }

    /**
     * What a script in {@code /tools} answers.
     *
     * @param script reads a JSON document from standard input and writes one to standard output
     */
    public static JsonValue ask(String script, Map<String, ?> question) throws IOException, InterruptedException {
        try (InputStream text = RealPython.class.getResourceAsStream("/tools/" + script)) {
            assertThat(text).isNotNull();
            Process process = new ProcessBuilder(
                            PROGRAM.toString(), "-c", new String(text.readAllBytes(), StandardCharsets.UTF_8))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var in = process.getOutputStream()) {
                in.write(Json.compact(question));
            }
            byte[] answer = process.getInputStream().readAllBytes();
            assertThat(process.waitFor()).as(script).isZero();
            return Json.parse(answer);
        }
    }
}
