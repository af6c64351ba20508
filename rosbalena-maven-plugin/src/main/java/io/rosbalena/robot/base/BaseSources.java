package io.rosbalena.robot.base;

import io.rosbalena.apt.source.AptFiles;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.source.MachineSources;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.project.RobotProject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The apt sources of an image with those of the POM. A source of the POM takes the place of one that the image has for the
 * same addresses and suites, so that an image whose key has expired needs one stanza and no other image.
 *
 * @param ofBase what the image has and the POM does not replace
 * @param named those of the POM
 * @param findings what is wrong with them
 */
record BaseSources(List<AptSource> ofBase, List<AptSource> named, List<Finding> findings) {
    /** What another keyring in the POM mends: it is missing, or the key is unknown, revoked or expired. */
    private static final Set<String> OF_KEYS = Set.of("RB201", "RB207", "RB208", "RB210");

    BaseSources {
        ofBase = List.copyOf(ofBase);
        named = List.copyOf(named);
        findings = List.copyOf(findings);
    }

    static BaseSources read(AptFiles files, RobotProject project) throws IOException {
        Findings findings = new Findings();
        List<AptSource> named = ProjectSources.named(project, findings);
        List<AptSource> ofBase = new ArrayList<>();
        if (!project.apt().replace()) {
            Findings inBase = new Findings();
            List<AptSource> all = MachineSources.read(files, AptSource.ThirdParties.USE, inBase);
            all.stream().filter(one -> !isReplaced(one, named)).forEach(ofBase::add);
            inBase.all().stream()
                    .filter(finding -> all.stream().noneMatch(one -> isOf(finding, one) && isReplaced(one, named)))
                    .forEach(findings::add);
        }
        return new BaseSources(ofBase, named, findings.all());
    }

    private static boolean isReplaced(AptSource source, List<AptSource> named) {
        for (URI uri : source.uris()) {
            for (String suite : source.suites()) {
                if (named.stream()
                        .noneMatch(
                                one -> one.uris().contains(uri) && one.suites().contains(suite))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isOf(Finding finding, AptSource source) {
        return finding.file().equals(Optional.of(source.file())) && finding.line() == source.line();
    }

    List<AptSource> all() {
        List<AptSource> all = new ArrayList<>(ofBase);
        all.addAll(named);
        return all;
    }

    /** A finding about a source of the image, with the stanza that would mend it where one would. */
    Finding explained(Finding finding) {
        if (!OF_KEYS.contains(finding.id())) {
            return finding;
        }
        return ofBase.stream()
                .filter(source -> isOf(finding, source))
                .findFirst()
                .map(source ->
                        finding.fix("put the archive's present key into the project and add to pom.xml, in place of"
                                + " the base's own source:\n" + SourceStanzas.of(source)))
                .orElse(finding);
    }
}
