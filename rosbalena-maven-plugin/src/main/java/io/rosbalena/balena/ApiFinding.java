package io.rosbalena.balena;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.transfer.OfflineException;
import io.rosbalena.transfer.TransferFinding;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/** Tells a failed call as a finding, with what the user can do about it. */
public final class ApiFinding {
    private ApiFinding() {}

    /** A call, or several. */
    @FunctionalInterface
    public interface Calls<T> {
        T make() throws IOException, InterruptedException;
    }

    /**
     * Makes calls.
     *
     * @throws FindingException RB603 to RB607 for what the server refuses, RB500 to RB508 for what the network does
     */
    public static <T> T telling(BalenaApi api, Calls<T> calls) throws IOException, InterruptedException {
        try {
            return calls.make();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw exception(api.url(), e);
        }
    }

    /** The exception that ends a goal for a failure of {@link BalenaApi}. */
    public static FindingException exception(ApiUrl url, IOException failure) {
        if (failure instanceof OfflineException) {
            return FindingException.environment(
                    Finding.error("RB611", "balena's API at " + url + " is not asked offline")
                            .fix("leave out -o"));
        }
        if (!(failure instanceof ApiException refused)) {
            return TransferFinding.exception("balena's API at " + url, url.uri(), failure);
        }
        FindingException.Kind kind = refused.kind() == ApiException.Kind.UNUSABLE
                ? FindingException.Kind.ENVIRONMENT
                : FindingException.Kind.INPUT;
        return new FindingException(kind, List.of(of(refused)), failure);
    }

    private static Finding of(ApiException refused) {
        String said = String.valueOf(refused.getMessage());
        return switch (refused.kind()) {
            case DENIED ->
                Finding.error("RB603", "balena does not take the token: " + said)
                        .fix("log in again with mvn rosbalena:login, or renew the API key; see that it may change this"
                                + " fleet, and that -Drosbalena.apiUrl is the server that it is for");
            case TOO_LARGE ->
                Finding.error("RB604", "the server takes no call of this size: " + said)
                        .fix("shorten docker-compose.yml or balena.yml; large texts belong in files of an image");
            case RULE, CONFLICT ->
                Finding.error("RB605", "a rule of the server forbids it: " + said)
                        .fix("change what it names");
            case UNKNOWN ->
                Finding.error("RB606", "the server does not know it: " + said)
                        .fix("see that -Drosbalena.apiUrl is the API, as https://api.balena-cloud.com is");
            case UNUSABLE ->
                Finding.error("RB607", said)
                        .fix(
                                "see that -Drosbalena.apiUrl is the API, as https://api.balena-cloud.com is; try again later");
        };
    }
}
