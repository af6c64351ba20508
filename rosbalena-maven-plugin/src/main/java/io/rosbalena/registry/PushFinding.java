package io.rosbalena.registry;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.transfer.OfflineException;
import java.io.IOException;
import java.util.List;

/** Tells a failure of {@link ImagePush} as a finding: to write a registry needs other things than to read it. */
public final class PushFinding {
    private PushFinding() {}

    /** The exception that ends a push. */
    public static FindingException exception(ImageName image, IOException failure) {
        boolean input = failure instanceof RegistryException known && known.kind() != RegistryException.Kind.REFUSED;
        FindingException.Kind kind = input ? FindingException.Kind.INPUT : FindingException.Kind.ENVIRONMENT;
        return new FindingException(kind, List.of(of(image, failure)), failure);
    }

    private static Finding of(ImageName image, IOException failure) {
        if (failure instanceof OfflineException) {
            return Finding.error("RB683", "nothing can be pushed to " + image.host() + " while Maven is offline")
                    .fix("run it without -o");
        }
        if (failure instanceof RegistryException known) {
            switch (known.kind()) {
                case DENIED -> {
                    return Finding.error("RB684", "pushing to " + image.host() + ": " + known.getMessage())
                            .fix("log in with docker login or podman login " + image.host()
                                    + ", or give a <server> with the id " + image.host()
                                    + " in settings.xml, with an account that may write the repository");
                }
                case UNKNOWN -> {
                    return Finding.error("RB685", "pushing to " + image.host() + ": " + known.getMessage())
                            .fix("check the name; some registries, such as Amazon's, want each repository to be made"
                                    + " before something is pushed");
                }
                case UNUSABLE, REFUSED -> {
                    return RegistryFinding.of(image, failure);
                }
            }
        }
        return RegistryFinding.of(image, failure);
    }
}
