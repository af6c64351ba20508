package io.rosbalena.balena;

import io.rosbalena.balena.FleetDevice.Download;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a device fetches an image. The API has no field for it; the Supervisor says it in its log ({@code log-types.ts} of
 * balena-supervisor 19). A device whose delta cannot be made pulls the whole image without a word.
 */
public enum DownloadKind {
    /** The server makes the delta; the device asks again. */
    DELTA_BEING_MADE("waits for a delta that is being made"),
    DELTA("downloads a delta"),
    WHOLE("downloads the whole image"),
    /** The log does not tell. */
    UNKNOWN("downloads");

    private static final Pattern BEGIN = Pattern.compile("Downloading (delta for )?image '([^']*)'.*");
    private static final Pattern END = Pattern.compile("(?:Downloaded|Failed to download) image '([^']*)'.*");
    private static final String PROCESSING = "Delta still processing remotely";

    private final String words;

    DownloadKind(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /**
     * How each download goes on.
     *
     * @param log lines of the device, the oldest first, as the API gives them
     */
    public static Map<Download, DownloadKind> of(List<Download> downloads, List<JsonValue> log) throws IOException {
        Map<String, DownloadKind> known = new HashMap<>();
        Set<String> waiting = new HashSet<>();
        for (JsonValue line : log) {
            Optional<JsonValue> system = line.find("isSystem");
            if (system.isPresent() && Boolean.TRUE.equals(system.get().raw())) {
                read(line.get("message").string(), downloads, known, waiting);
            }
        }
        Map<Download, DownloadKind> kinds = new HashMap<>();
        for (Download download : downloads) {
            DownloadKind kind = known.getOrDefault(download.location(), UNKNOWN);
            boolean begun = download.percent().orElse(0L) > 0;
            kinds.put(
                    download,
                    kind == DELTA && !begun && waiting.contains(download.location()) ? DELTA_BEING_MADE : kind);
        }
        return kinds;
    }

    private static void read(
            String message, List<Download> downloads, Map<String, DownloadKind> known, Set<String> waiting) {
        Matcher begin = BEGIN.matcher(message);
        Matcher end = END.matcher(message);
        if (begin.matches()) {
            at(begin.group(2), downloads)
                    .ifPresent(location -> known.put(location, begin.group(1) == null ? WHOLE : DELTA));
        } else if (end.matches()) {
            at(end.group(1), downloads).ifPresent(location -> {
                known.remove(location);
                waiting.remove(location);
            });
        } else if (message.startsWith(PROCESSING)) {
            // It does not say of which image: of one whose delta was asked for.
            known.forEach((location, kind) -> {
                if (kind == DELTA) {
                    waiting.add(location);
                }
            });
        }
    }

    /** Devices write a digest behind the location. */
    private static Optional<String> at(String image, List<Download> downloads) {
        return downloads.stream()
                .map(Download::location)
                .filter(location -> image.equals(location) || image.startsWith(location + "@"))
                .findFirst();
    }
}
