package io.rosbalena.robot.deploying;

import io.rosbalena.balena.BalenaApi;
import io.rosbalena.balena.Fleet;
import io.rosbalena.balena.Query;
import io.rosbalena.balena.Release;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.robot.surroundings.Console;
import java.io.IOException;
import java.util.Map;

/** A release of the same content that is there already: nothing has to be sent, and it is said what becomes of it. */
final class SameRelease {
    private final BalenaApi api;
    private final Fleet fleet;
    private final Release release;
    private final Console console;

    SameRelease(BalenaApi api, Fleet fleet, Release release, Console console) {
        this.api = api;
        this.fleet = fleet;
        this.release = release;
        this.console = console;
    }

    /**
     * Tells it, and does what was asked for.
     *
     * @throws FindingException RB623 if it was invalidated
     */
    void settle(DeployRequest request) throws IOException {
        String told = release + " of " + fleet.slug() + " has this content already; nothing is sent";
        if (release.invalidated()) {
            throw FindingException.input(Finding.error(
                            "RB623", "the release " + release + " has this content, and it was invalidated")
                    .fix("change what was wrong with it; if it is to run after all, validate it in the dashboard"));
        }
        if (!release.isFinal()) {
            if (request.draft()) {
                console.message(told + ". It is a draft: " + finalize(fleet, release.commit()) + " publishes it");
                return;
            }
            console.message(told + ", and the draft becomes final");
            api.change(Query.of("release", release.id()), Map.of("is_final", true));
            return;
        }
        boolean runs = fleet.runs().filter(id -> id == release.id()).isPresent();
        if (runs) {
            console.message(told + ". The fleet runs it");
        } else if (request.pin()) {
            fleet.pin(api, release.id());
            console.message(told + ". The fleet is pinned to it now");
        } else {
            console.message(told + ". The fleet does not run it: " + rollback(fleet, release.commit())
                    + ", or this goal with -Drosbalena.pin, pins the fleet to it");
        }
    }

    static String finalize(Fleet fleet, String commit) {
        return "mvn rosbalena:finalize -Dfleet=" + fleet.slug() + " -Drosbalena.release=" + commit;
    }

    static String rollback(Fleet fleet, String commit) {
        return "mvn rosbalena:rollback -Dfleet=" + fleet.slug() + " -Drosbalena.release=" + commit;
    }
}
