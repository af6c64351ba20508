package io.rosbalena.robot.surroundings;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.Digest;
import io.rosbalena.store.RemoteStore;
import io.rosbalena.store.ResultName;
import java.util.Optional;

/** Why a result in the cache is refused. All of these end the build: somebody may want to plant something. */
final class ResultFinding {
    private static final String FIX = "find out who may push to the repository; remove the tag %s, or name another"
            + " repository in <cache>, and the results are computed here";

    private final RemoteStore cache;
    private final ResultName name;

    ResultFinding(RemoteStore cache, ResultName name) {
        this.cache = cache;
        this.name = name;
    }

    /** RB340: nobody vouches for it. */
    FindingException unsigned() {
        return refuse("RB340", "is not signed", "");
    }

    /**
     * RB341: signed by somebody whom the user did not name, as far as can be seen without his key.
     *
     * @param claimed the key that is said to have signed
     */
    FindingException stranger(Digest claimed) {
        return refuse(
                "RB341",
                "is signed by the key " + claimed + ", which is not in <cacheKeys>",
                "; if that key was in use before, see \"Changing keys\" in the page about the signed cache");
    }

    /** RB342: there is a signature, and not for this. */
    FindingException wronglySigned() {
        return refuse("RB342", "has a signature that is not for it: it was changed, or signed for something else", "");
    }

    /** RB343: other bytes than were signed. */
    FindingException otherBytes(Digest wanted) {
        return refuse("RB343", "has other bytes than were signed as " + wanted, "");
    }

    private FindingException refuse(String id, String what, String more) {
        return FindingException.environment(Finding.error(
                        id,
                        "a result of the stage " + name.stage() + " in the cache " + cache.name() + " " + what
                                + " (tag " + tag() + ")")
                .fix(FIX.formatted(tag()) + more));
    }

    private String tag() {
        return "rosbalena-" + SignedResults.place(name);
    }

    static Optional<Digest> claimed(Optional<String> note) {
        return note.filter(text -> text.matches("sha256:[0-9a-f]{64}")).map(Digest::parse);
    }
}
