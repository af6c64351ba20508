package io.rosbalena.transfer;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.FindingException.Kind;
import io.rosbalena.store.DigestMismatchException;
import io.rosbalena.store.FileFinding;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.util.List;

/** Tells a failed transfer as a finding, with what the user can do about it. */
public final class TransferFinding {
    private TransferFinding() {}

    /**
     * The finding for a failure of {@link Transfer}.
     *
     * @param what what was wanted, for example {@code the rosdep database base.yaml}
     */
    public static Finding of(String what, URI uri, IOException failure) {
        if (failure instanceof OfflineException) {
            return Finding.error(
                            "RB500", what + " is not in the store and the build runs offline: " + Location.show(uri))
                    .fix("run once without -o, or name a local file");
        }
        if (failure instanceof NotFoundException) {
            return Finding.error("RB501", what + " does not exist at " + Location.show(uri))
                    .fix("check the address, and the version or tag in it");
        }
        if (failure instanceof DigestMismatchException) {
            return Finding.error("RB502", what + " from " + Location.show(uri) + ": " + failure.getMessage())
                    .fix("the server or a proxy gives other bytes than were locked; lock again if that is meant");
        }
        if (failure instanceof FileSystemException) {
            return FileFinding.of(failure, List.of()).findings().get(0);
        }
        if (failure instanceof TransferException known) {
            return switch (known.kind()) {
                case UNREACHABLE ->
                    problem("RB503", what, known)
                            .fix("check the network and the proxies in settings.xml or http_proxy and https_proxy");
                case TRUST ->
                    problem("RB504", what, known)
                            .fix("if the network inspects TLS, let -Drosbalena.caFile name its certificate authority");
                case DENIED -> problem("RB505", what, known).fix("give a <server> in settings.xml for this address");
                case PROXY ->
                    problem("RB508", what, known)
                            .fix(
                                    "give them in the <proxy> of settings.xml or in https_proxy; if they are given, another part of"
                                            + " this Maven has opened connections before: set"
                                            + " MAVEN_OPTS=-Djdk.http.auth.tunneling.disabledSchemes=");
                case SIZE, STATUS, REDIRECT, ADDRESS ->
                    problem("RB506", what, known).fix("check the address");
            };
        }
        return problem("RB503", what, failure);
    }

    /** The same as an exception: a wrong path or address is the user's to mend, the rest the surroundings'. */
    public static FindingException exception(String what, URI uri, IOException failure) {
        boolean missing = failure instanceof NotFoundException && Location.isFile(uri);
        boolean address = failure instanceof TransferException known && known.kind() == TransferException.Kind.ADDRESS;
        Kind kind = missing || address ? Kind.INPUT : Kind.ENVIRONMENT;
        return new FindingException(kind, List.of(of(what, uri, failure)), failure);
    }

    private static Finding problem(String id, String what, IOException failure) {
        String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return Finding.error(id, what + " cannot be had: " + reason);
    }
}
