package io.rosbalena.image;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.util.Collection;
import java.util.List;

/** The findings about images that are built on. */
final class BaseProblem {
    private BaseProblem() {}

    static FindingException missing(String name, String what) {
        return FindingException.input(
                Finding.error("RB451", "the image " + name + " is not there: " + what)
                        .fix(
                                "check <from>; an OCI layout is a folder with index.json, an archive comes from `docker save`"
                                        + " or `skopeo copy … oci-archive:FILE`; the name of one image in them stands behind a #, not a colon"));
    }

    static FindingException noPlatform(String name, Platform wanted, Collection<String> offered) {
        return FindingException.input(Finding.error(
                        "RB452",
                        "the image " + name + " is not for " + wanted
                                + (offered.isEmpty() ? "" : "; it is for " + String.join(", ", offered)))
                .fix("choose an image that is made for " + wanted + ", or change <deviceTypes> or <platforms>"));
    }

    static FindingException ambiguous(String name, Collection<String> refs) {
        return FindingException.input(
                Finding.error("RB453", name + " holds more than one image: " + String.join(", ", refs))
                        .fix("say which by adding # and its name to <from>, for example " + name + "#"
                                + refs.iterator().next()));
    }

    static FindingException malformed(String name, Exception cause) {
        Finding finding = Finding.error("RB454", "the image " + name + " cannot be used: " + cause.getMessage())
                .fix("it is damaged or was not made by the rules of OCI or Docker; fetch or make it again");
        return new FindingException(FindingException.Kind.INPUT, List.of(finding), cause);
    }

    static FindingException foreignLayer(String name, String mediaType) {
        return FindingException.input(
                Finding.error("RB455", "the image " + name + " has a layer of the type " + mediaType)
                        .fix("its content stands elsewhere or is not a tar archive; choose another image"));
    }
}
