package io.rosbalena.balena.standin;

import io.rosbalena.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Traffic between balena's CLI and a real open-balena-api, as a proxy between them wrote it down. */
public final class Recording {
    private Recording() {}

    /**
     * A request and what it was answered.
     *
     * @param path with the query, decoded
     * @param body empty without
     * @param answer empty without, and where the proxy cut it
     */
    public record Exchange(
            String method, String path, Optional<String> body, int status, Optional<String> location, String answer) {

        boolean isCut() {
            return answer.startsWith("<");
        }
    }

    public static List<Exchange> read(Path file) throws IOException {
        List<Exchange> all = new ArrayList<>();
        for (String block : Files.readString(file).split("(?m)^### ", -1)) {
            if (block.isBlank()) {
                continue;
            }
            List<String> lines = block.lines().toList();
            String[] head = lines.get(0).split(" ", 3);
            Optional<String> body = lines.stream()
                    .filter(line -> line.startsWith("req-body: "))
                    .map(line -> line.substring("req-body: ".length()))
                    .findFirst();
            int at = 0;
            while (!lines.get(at).startsWith("=> ")) {
                at++;
            }
            String[] status = lines.get(at).split(" ", 3);
            Optional<String> location = Json.parse(status[2].getBytes(StandardCharsets.UTF_8))
                    .find("loc")
                    .map(value -> value.raw().toString());
            all.add(new Exchange(head[1], head[2], body, Integer.parseInt(status[1]), location, lines.get(at + 1)));
        }
        return all;
    }
}
