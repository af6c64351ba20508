package io.rosbalena.robot.fleet;

import io.rosbalena.balena.ApiFinding;
import io.rosbalena.balena.ApiServer;
import io.rosbalena.balena.ApiToken;
import io.rosbalena.balena.ApiUrl;
import io.rosbalena.balena.Fleet;
import io.rosbalena.balena.Session;
import io.rosbalena.balena.TokenSource;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.AtomicFile;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A server of fleets, and the fleet that a goal is about.
 *
 * @param url the server
 * @param tokens where a token for it may be, in the order in which it is looked for
 * @param named what the user calls the fleet: {@code organization/fleet}, a uuid, or the name alone
 */
public record FleetAccess(ApiUrl url, List<TokenSource> tokens, Optional<String> named) {
    public FleetAccess {
        tokens = List.copyOf(tokens);
    }

    /**
     * The server, with a token that it takes.
     *
     * @param told gets a line whenever a call failed and is made again after a pause
     * @throws FindingException RB601 if there is no token, RB603 if the server does not take it
     */
    public ApiServer login(TransferSettings network, Consumer<String> told) throws IOException, InterruptedException {
        ApiToken token = TokenSource.first(tokens);
        ApiServer api = ApiServer.at(url, token, network, told);
        // Guests get empty lists, not refusals; so who is not known must be told now.
        ApiFinding.telling(api, api::whoAmI);
        renew(token, network);
        return api;
    }

    /** Who deploys every week stays logged in. What is not renewed today is valid all the same. */
    private void renew(ApiToken token, TransferSettings network) {
        if (token.kept().isEmpty() || !Session.isOld(token, Instant.now())) {
            return;
        }
        try {
            Optional<ApiToken> newer = new Session(url, network).renewed(token);
            if (newer.isPresent()) {
                AtomicFile.writePrivate(token.kept().get(), newer.get().value().getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException | FindingException e) {
            // The next goal tries again.
            return;
        }
    }

    /**
     * The fleet.
     *
     * @throws FindingException RB608 if none is named, RB609 if there is none, RB610 if there are several
     */
    public Fleet fleet(ApiServer api) throws IOException, InterruptedException {
        String name = named.orElseThrow(() -> FindingException.input(Finding.error("RB608", "no fleet is named")
                .fix("write -Dfleet=organization/fleet, as the dashboard shows it")));
        return ApiFinding.telling(api, () -> Fleet.find(api, name));
    }
}
