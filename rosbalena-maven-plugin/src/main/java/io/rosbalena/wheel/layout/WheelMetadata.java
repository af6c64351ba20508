package io.rosbalena.wheel.layout;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a wheel says of itself (core metadata specifications).
 *
 * @param name as written
 * @param version as written
 * @param requiresDist what it asks for, in the form of PEP 508
 * @param requiresPython versions of Python that it is for
 * @param licenses an SPDX expression or names: the field {@code License-Expression}, else {@code License} if it is not a whole
 *     text, else what classifiers say
 */
public record WheelMetadata(
        String name,
        String version,
        List<String> requiresDist,
        Optional<String> requiresPython,
        List<String> licenses) {
    private static final int LONGEST_NAME = 80;
    private static final String CLASSIFIER = "License :: ";

    public WheelMetadata {
        requiresDist = List.copyOf(requiresDist);
        licenses = List.copyOf(licenses);
    }

    /**
     * Reads it from a wheel.
     *
     * @param filename of the wheel, for messages
     * @throws FindingException RB285 and up if it is no sound wheel
     */
    public static WheelMetadata read(Path wheel, String filename) throws IOException {
        try (WheelArchive archive = WheelArchive.open(wheel, filename)) {
            return parse(archive.metadata("METADATA"), filename);
        }
    }

    /**
     * Reads a file {@code METADATA}: headers as in mail, of which the description may be the body.
     *
     * @param where for messages
     * @throws FindingException RB287 if name or version are missing
     */
    public static WheelMetadata parse(byte[] content, String where) {
        List<String> headers = headers(new String(content, StandardCharsets.UTF_8));
        Optional<String> name = values(headers, "Name").stream().findFirst();
        Optional<String> version = values(headers, "Version").stream().findFirst();
        if (name.isEmpty() || version.isEmpty()) {
            throw FindingException.input(Finding.error("RB287", "the metadata of " + where + " lack name or version")
                    .fix(WheelProblem.FIX));
        }
        return new WheelMetadata(
                name.get(),
                version.get(),
                values(headers, "Requires-Dist"),
                values(headers, "Requires-Python").stream().findFirst(),
                licenses(headers));
    }

    private static List<String> licenses(List<String> headers) {
        for (String field : List.of("License-Expression", "License")) {
            List<String> stated = values(headers, field).stream()
                    .filter(text -> !text.isEmpty() && text.length() <= LONGEST_NAME && !text.equals("UNKNOWN"))
                    .toList();
            if (!stated.isEmpty()) {
                return stated;
            }
        }
        // "License :: OSI Approved" alone says that it has one, not which.
        return values(headers, "Classifier").stream()
                .filter(text -> text.startsWith(CLASSIFIER) && !text.endsWith(":: OSI Approved"))
                .map(text -> text.substring(text.lastIndexOf(" :: ") + " :: ".length()))
                .toList();
    }

    /** The lines in front of the first empty one; a line that begins with a blank goes on with the one before. */
    private static List<String> headers(String text) {
        List<String> headers = new ArrayList<>();
        for (String line : text.split("\r\n|\r|\n", -1)) {
            if (line.isEmpty()) {
                break;
            }
            boolean more = line.startsWith(" ") || line.startsWith("\t");
            if (more && !headers.isEmpty()) {
                headers.set(headers.size() - 1, headers.get(headers.size() - 1) + " " + line.strip());
            } else if (!more) {
                headers.add(line);
            }
        }
        return headers;
    }

    private static List<String> values(List<String> headers, String name) {
        String start = name + ":";
        return headers.stream()
                .filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
                .map(line -> line.substring(start.length()).strip())
                .toList();
    }
}
