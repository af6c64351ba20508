package io.rosbalena.compose;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A case of {@code supervisor-fields.txt}, whose head says how it is written.
 *
 * @param row the row of the table of fields that it belongs to
 * @param number its line in the file
 * @param input what is said
 * @param findings what is found: {@code severity id: words}
 * @param emitted what the manifest states; empty if there is none
 */
public record FieldCase(String row, int number, String input, List<String> findings, Optional<String> emitted) {
    private static final String TOP = "^ ";

    public FieldCase {
        findings = List.copyOf(findings);
    }

    /** All cases, in the order of the table. */
    public static List<FieldCase> all() throws IOException {
        List<String> lines = Files.readAllLines(folder().resolve("supervisor-fields.txt"));
        List<FieldCase> cases = new ArrayList<>();
        String row = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith("== ")) {
                row = line.substring(3);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                String[] cells = line.split(" \\| ", -1);
                if (cells.length != 3) {
                    throw new AssertionError("line " + (i + 1) + " has not three cells: " + line);
                }
                cases.add(new FieldCase(
                        row,
                        i + 1,
                        cells[0].strip(),
                        cells[1].strip().equals("-") ? List.of() : List.of(cells[1].split(" & ", -1)),
                        Optional.of(cells[2].strip()).filter(cell -> !cell.equals("-"))));
            }
        }
        return cases;
    }

    /** The folder that the files which inputs name stand in. */
    public static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(FieldCase.class.getResource("/supervisor-fields.txt"))
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it is about the top level of a file. */
    public boolean isTop() {
        return input.startsWith(TOP);
    }

    /** What the manifest states, as YAML. */
    public byte[] expected() {
        String yaml = emitted.orElseThrow();
        return (yaml.startsWith(TOP) ? yaml.substring(TOP.length()) : yaml).getBytes(StandardCharsets.UTF_8);
    }

    /** The compose file of the case: the service {@code a}, another one, and the volume and network that it names. */
    public byte[] file() {
        StringBuilder text = new StringBuilder();
        if (isTop()) {
            text.append(input.substring(TOP.length())).append('\n');
            text.append("services:\n  a:\n    image: x\n");
            text.append(input.contains("networks:") ? "    networks: [lan]\n" : "");
            text.append(input.contains("volumes:") ? "    volumes: [\"data:/data\"]\n" : "");
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
        text.append("services:\n  a:\n");
        Arrays.stream(input.split(" ; ", -1))
                .forEach(field -> text.append("    ").append(field.strip()).append('\n'));
        text.append("  b: {image: x}\n");
        text.append(input.contains("lan") ? "networks: {lan: }\n" : "");
        text.append(input.contains("\"data:") || input.contains("source: data") ? "volumes: {data: }\n" : "");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return number + ": " + input;
    }
}
