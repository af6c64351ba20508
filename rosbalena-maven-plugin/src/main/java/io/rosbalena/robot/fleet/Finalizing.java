package io.rosbalena.robot.fleet;

import io.rosbalena.balena.ApiFinding;
import io.rosbalena.balena.ApiServer;
import io.rosbalena.balena.Fleet;
import io.rosbalena.balena.Query;
import io.rosbalena.balena.Release;
import io.rosbalena.balena.ReleaseSearch;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The goal {@code finalize}: a draft becomes a release that the fleet takes. */
public final class Finalizing {
    private Finalizing() {}

    /**
     * Makes a draft final, which nobody can take back.
     *
     * @param named its commit or version; empty: the only draft
     * @throws FindingException RB649 to RB651 for a release that is none, or cannot become final
     */
    public static void run(FleetAccess access, Optional<String> named, Surroundings surroundings, Consumer<String> sink)
            throws IOException, InterruptedException {
        ApiServer api = access.login(surroundings.network(), surroundings.console()::message);
        Fleet fleet = access.fleet(api);
        ApiFinding.telling(api, () -> {
            ReleaseSearch search = new ReleaseSearch(api, fleet);
            Optional<Release> draft = named.isPresent() ? Optional.of(search.named(named.get())) : search.draft();
            if (draft.isEmpty()) {
                sink.accept("fleet " + fleet.slug() + " has no draft: there is nothing to do");
            } else if (draft.get().isFinal()) {
                sink.accept(draft.get() + " is final already: there is nothing to do");
            } else {
                make(api, fleet, draft.get(), search, sink);
            }
            return true;
        });
    }

    private static void make(ApiServer api, Fleet fleet, Release draft, ReleaseSearch search, Consumer<String> sink)
            throws IOException {
        if (draft.invalidated()) {
            throw FindingException.input(Finding.error("RB651", "release " + draft + " was withdrawn (invalidated)")
                    .fix("take that back in the dashboard, or deploy anew"));
        }
        api.change(Query.of("release", draft.id()), Map.of("is_final", true));
        Release now = search.ofId(draft.id()).orElse(draft);
        sink.accept(draft + " is now final: " + now);
        if (fleet.tracksLatest()) {
            sink.accept("devices of " + fleet.slug() + " that are not pinned take it");
        } else {
            sink.accept("fleet " + fleet.slug() + " is pinned to another release; mvn rosbalena:rollback -Dfleet="
                    + fleet.slug() + " -Drosbalena.track lets it take the latest one");
        }
    }
}
