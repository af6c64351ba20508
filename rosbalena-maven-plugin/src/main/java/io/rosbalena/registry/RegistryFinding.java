package io.rosbalena.registry;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.transfer.TransferFinding;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Tells a failure at a registry as a finding, with what the user can do about it. */
public final class RegistryFinding {
    private RegistryFinding() {}

    /** The exception that ends a stage for a failure of {@link Registry}. */
    static FindingException exception(ImageName image, IOException failure) {
        boolean input = failure instanceof RegistryException known && known.kind() != RegistryException.Kind.REFUSED;
        FindingException.Kind kind = input ? FindingException.Kind.INPUT : FindingException.Kind.ENVIRONMENT;
        return new FindingException(kind, List.of(of(image, failure)), failure);
    }

    /**
     * The finding for a failure of {@link Registry}.
     *
     * @param image what was wanted
     */
    public static Finding of(ImageName image, IOException failure) {
        if (failure instanceof RegistryException known) {
            String text = image + ": " + known.getMessage();
            return switch (known.kind()) {
                case DENIED ->
                    Finding.error("RB512", text)
                            .fix("check the name; if the image is not public, log in with docker login or podman login "
                                    + image.host() + ", or give a <server> with the id " + image.host()
                                    + " in settings.xml");
                case UNKNOWN ->
                    Finding.error("RB513", text).fix("check repository and tag; a private image needs a login");
                case UNUSABLE -> Finding.error("RB514", text).fix("choose another tag, or other platforms in the POM");
                case REFUSED ->
                    Finding.error("RB515", text).fix("try again; if it stays, ask those who run the registry");
            };
        }
        return TransferFinding.of("the image " + image, URI.create("https://" + image.host()), failure);
    }
}
