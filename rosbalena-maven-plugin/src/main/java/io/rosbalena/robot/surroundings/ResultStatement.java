package io.rosbalena.robot.surroundings;

import io.rosbalena.store.ResultName;
import io.rosbalena.store.SharedList;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The text that a signature of a result stands under: lines that end with a line feed, words that one blank separates. It
 * begins with what it is for, so that the same key can sign other things, and names the result that was asked for, so
 * that a signature vouches for no other.
 */
final class ResultStatement {
    private static final String PURPOSE = "rosbalena stage result, format 1";

    private ResultStatement() {}

    /** @param files the result's document, then its blobs */
    static byte[] of(ResultName name, List<SharedList.File> files) {
        StringBuilder text = new StringBuilder(PURPOSE).append('\n');
        line(text, "stage", name.stage());
        line(text, "version", Integer.toString(name.version()));
        line(text, "key", name.key().toString());
        String kind = "result";
        for (SharedList.File file : files) {
            line(text, kind, file.digest() + " " + file.size());
            kind = "blob";
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(' ').append(value).append('\n');
    }
}
