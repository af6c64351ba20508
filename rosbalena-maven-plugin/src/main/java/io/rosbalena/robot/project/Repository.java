package io.rosbalena.robot.project;

import java.util.Optional;

/**
 * A repository that a {@code .repos} file lists.
 *
 * @param path its folder below the source directory, {@code /} between names
 * @param type as vcstool names it: {@code git}, {@code hg}, {@code svn}, {@code tar}, {@code zip}
 * @param url without credentials
 * @param version the branch, tag or commit that is asked for; empty for the repository's own choice
 * @param commit what is checked out; empty where that is not known
 * @param dirty whether files differ from that commit; empty where that is not known
 */
public record Repository(
        String path,
        String type,
        String url,
        Optional<String> version,
        Optional<String> commit,
        Optional<Boolean> dirty) {
    private static final int SHORT = 12;

    /** For a person: where it stands, and at what. */
    public String line() {
        String at = commit.map(hash -> hash.substring(0, Math.min(SHORT, hash.length())))
                .orElse("unknown commit");
        return path + " (" + type + ") at " + at
                + version.map(asked -> ", asked for " + asked).orElse("")
                + (dirty.orElse(false) ? ", with changes" : "");
    }
}
