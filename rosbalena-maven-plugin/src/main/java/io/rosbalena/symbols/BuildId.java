package io.rosbalena.symbols;

import io.rosbalena.tree.TreePath;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The build id of a program or library, by which debuggers find its debug file (gdb's manual, "Separate Debug Files").
 *
 * @param hex lower-case hex digits of its bytes, of which there are {@value #LEAST} to {@value #MOST}
 */
public record BuildId(String hex) {
    /** Fewer bytes than these are a number that somebody chose, not a digest. */
    public static final int LEAST = 8;

    /** Bytes of the longest digest in use. */
    public static final int MOST = 32;

    private static final Pattern HEX = Pattern.compile("([0-9a-f]{2}){" + LEAST + "," + MOST + "}");

    public BuildId {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a build id: " + hex);
        }
    }

    /** Whether an id of so many bytes is taken as one. */
    public static boolean hasLength(int bytes) {
        return bytes >= LEAST && bytes <= MOST;
    }

    /** The id with these bytes. */
    public static BuildId of(byte[] bytes) {
        return new BuildId(HexFormat.of().formatHex(bytes));
    }

    /** Where its debug file stands below a folder such as {@code /usr/lib/debug}. */
    public TreePath debugFile() {
        return new TreePath(".build-id/" + hex.substring(0, 2) + "/" + hex.substring(2) + ".debug");
    }

    @Override
    public String toString() {
        return hex;
    }
}
