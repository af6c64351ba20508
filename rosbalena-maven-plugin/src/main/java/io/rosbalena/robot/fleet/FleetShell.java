package io.rosbalena.robot.fleet;

import io.rosbalena.balena.Actor;
import io.rosbalena.balena.ApiFinding;
import io.rosbalena.balena.ApiServer;
import io.rosbalena.balena.ApiUrl;
import io.rosbalena.balena.Device;
import io.rosbalena.balena.Fleet;
import io.rosbalena.balena.Query;
import io.rosbalena.device.shell.Target;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way to a device of a fleet for {@code exec}: balena's SSH proxy knows users by the keys of their accounts, and leads
 * to a device with the words {@code host UUID}.
 */
public final class FleetShell {
    private static final String OF_CLOUD = "ssh.balena-devices.com";
    private static final Pattern PROXY = Pattern.compile("([A-Za-z0-9][A-Za-z0-9.-]*)(?::([0-9]{1,5}))?");

    private FleetShell() {}

    /**
     * Where ssh goes.
     *
     * @param named the device
     * @param proxy {@code HOST} or {@code HOST:PORT}; empty: that of the server
     * @throws FindingException RB645 and RB646 for the device, RB658 if the account has no SSH key, RB659 for a proxy that
     *     is none, or a token that is no user's
     */
    public static Target target(FleetAccess access, String named, Optional<String> proxy, Surroundings surroundings)
            throws IOException, InterruptedException {
        String where = proxy.orElse(usual(access.url()));
        Matcher parts = PROXY.matcher(where);
        if (!parts.matches()) {
            throw FindingException.input(Finding.error("RB659", "\"" + where + "\" is no SSH proxy")
                    .fix("write -Drosbalena.sshProxy=HOST or HOST:PORT"));
        }
        int port = parts.group(2) == null ? 22 : Integer.parseInt(parts.group(2));
        ApiServer api = access.login(surroundings.network(), surroundings.console()::message);
        Optional<Fleet> fleet = access.named().isPresent() ? Optional.of(access.fleet(api)) : Optional.empty();
        return ApiFinding.telling(api, () -> {
            Actor actor = api.whoAmI();
            if (!actor.isUser()) {
                throw FindingException.input(
                        Finding.error("RB659", "the token is no user's, and the SSH proxy lets in users")
                                .fix("mvn rosbalena:login"));
            }
            Device device = Device.find(api, named, fleet.map(Fleet::id));
            boolean known = api.first(Query.of("user__has__public_key")
                            .select("id")
                            .filter("user eq " + actor.id())
                            .top(1))
                    .isPresent();
            if (!known) {
                throw FindingException.input(Finding.error(
                                "RB658",
                                "the account " + actor.name() + " has no SSH key, so that its proxy lets nobody in")
                        .fix("add the public key of this machine in the dashboard: Preferences, SSH Keys"));
            }
            return new Target(actor.name(), parts.group(1), port, List.of("host", device.uuid()));
        });
    }

    private static String usual(ApiUrl url) {
        return url.toString().equals(ApiUrl.BALENA_CLOUD)
                ? OF_CLOUD
                : url.sibling("ssh.devices").getHost();
    }
}
